import { sign } from '@scure/sr25519';
import type { Ext } from '../../src/lib/localnet/frame/ext.ts';
import { encodeExtrinsic } from '../../src/lib/localnet/frame/extrinsic.ts';
import type { RuntimeCallValue } from '../../src/lib/localnet/frame/runtime-handle.ts';
import type { Engine } from '../../src/lib/localnet/node/engine.ts';
import { openEngine } from '../../src/lib/localnet/node/open-engine.ts';
import { playgroundGenesis } from '../../src/lib/localnet/node/presets.ts';
import { Account, Events } from '../../src/lib/localnet/pallets/system/spec.ts';
import { signingPayload } from '../../src/lib/localnet/runtime/checked-extrinsic.ts';
import { toHex, utf8 } from '../../src/lib/localnet/scale/bytes.ts';
import { keyFromUri } from '../../src/lib/wallet/derive-key.ts';
import { toExpandedForm } from '../../src/lib/wallet/sr25519.ts';

/** An account that signs. */
export interface Person {
  readonly uri: string;
  readonly account: string;
  readonly secret: Uint8Array;
}

/** A call by the chain's names: pallet, call, arguments. */
export function call(pallet: string, name: string, args: Readonly<Record<string, unknown>> = {}): RuntimeCallValue {
  return { type: pallet, value: { type: name, value: args } } as RuntimeCallValue;
}

/** sr25519 signatures hold randomness; the playground's is fixed, so that building it twice gives the same bytes. */
const SIGNING_RANDOMNESS = new Uint8Array(32);

/** A chain in memory that grows by signed extrinsics only, each of which must succeed. */
export class FoundingChain {
  readonly engine: Engine;
  private readonly people = new Map<string, Person>();
  private readonly nonces = new Map<string, number>();

  private constructor(engine: Engine) {
    this.engine = engine;
  }

  /** From the genesis of preset `subtensor`. */
  static async open(): Promise<FoundingChain> {
    const engine = await openEngine({
      source: () => playgroundGenesis({ fast: false }),
      sealing: { mode: 'manual' },
      onFault: (error) => {
        throw error;
      },
    });
    // What is signed holds the genesis hash, which the state knows from block 1 on.
    engine.createBlock();
    return new FoundingChain(engine);
  }

  /** State at the head, for reading. */
  get state(): Ext {
    return this.engine.at().ext;
  }

  async person(uri: string): Promise<Person> {
    const known = this.people.get(uri);
    if (known) return known;
    const { publicKey, privateKey } = await keyFromUri(utf8.encode(uri));
    const person = { uri, account: toHex(publicKey), secret: toExpandedForm(privateKey) };
    this.people.set(uri, person);
    return person;
  }

  /** Signs and hands a call to the pool; several become one `Utility.batch_all`. */
  submit(signer: Person, ...calls: readonly RuntimeCallValue[]): void {
    const { runtime } = this.engine.runtime;
    const one = calls.length === 1 ? calls[0]! : call('Utility', 'batch_all', { calls });
    const callBytes = runtime.encodeCall(one);
    const nonce = this.nonces.get(signer.uri) ?? Account.get(this.state, signer.account).nonce;
    const extra = { era: { type: 'Immortal' }, nonce, tip: 0n, metadataHash: 'Disabled' } as const;
    const payload = signingPayload(this.state, runtime.extensions, callBytes, extra);
    const signature = { type: 'Sr25519', value: toHex(sign(signer.secret, payload, SIGNING_RANDOMNESS)) } as const;
    this.engine.submit(
      encodeExtrinsic({ type: 'Signed', address: { type: 'Id', value: signer.account }, signature, extra }, callBytes),
      'Local',
    );
    this.nonces.set(signer.uri, nonce + 1);
  }

  /** Makes a block of what waits. @throws Error when anything in it failed or was left out */
  seal(): void {
    const waiting = this.engine.pool.status.ready;
    const { extrinsics, number } = this.engine.createBlock();
    if (extrinsics.length - 1 !== waiting) {
      throw new Error(`block ${number} took ${extrinsics.length - 1} of ${waiting} extrinsics`);
    }
    for (const { event } of Events.get(this.state)) {
      const { type, value } = event as { type: string; value: { type: string; value: unknown } };
      const failed =
        (type === 'System' && value.type === 'ExtrinsicFailed') ||
        (type === 'Sudo' && /^Sudid$|^SudoAsDone$/.test(value.type) && hasError(value.value));
      if (failed) throw new Error(`block ${number}: ${type}.${value.type} ${printable(value.value)}`);
    }
    this.nonces.clear();
  }

  /** Empty blocks up to a number. */
  sealUntil(number: number): void {
    while (this.engine.head.number < number) this.engine.createBlock();
  }
}

function hasError(value: unknown): boolean {
  return printable(value).includes('"Err"');
}

function printable(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? `${inner}` : inner));
}
