import type { Ext } from '../../src/lib/localnet/frame/ext.ts';
import { encodeExtrinsic } from '../../src/lib/localnet/frame/extrinsic.ts';
import type { RuntimeCallValue } from '../../src/lib/localnet/frame/runtime-handle.ts';
import type { StateReader } from '../../src/lib/localnet/frame/state-reader.ts';
import { TransactionValidityError } from '../../src/lib/localnet/frame/transaction-validity.ts';
import { digestOf } from '../../src/lib/localnet/node/digest-roots.ts';
import { slotDigest, slotDuration } from '../../src/lib/localnet/pallets/aura/slot.ts';
import { nonceOf } from '../../src/lib/localnet/pallets/system/account.ts';
import type { Runtime } from '../../src/lib/localnet/runtime/create-runtime.ts';
import { genesisState, localnetGenesis } from '../../src/lib/localnet/runtime/genesis.ts';
import { createSubtensorRuntime } from '../../src/lib/localnet/runtime/pallets.ts';
import { fromHex } from '../../src/lib/localnet/scale/bytes.ts';
import type { AccountId } from '../../src/lib/localnet/scale/well-known.ts';

/** A store in memory, with sorted look-up by prefix. */
class Store implements StateReader {
  private readonly values = new Map<string, Uint8Array>();
  private sorted: string[] | undefined;

  get(key: string): Uint8Array | undefined {
    return this.values.get(key);
  }
  keys(prefix: string): string[] {
    this.sorted ??= [...this.values.keys()].sort();
    return this.sorted.filter((key) => key.startsWith(prefix));
  }
  write(changes: readonly (readonly [string, Uint8Array | null])[]): void {
    this.sorted = undefined;
    for (const [key, value] of changes) {
      if (value) this.values.set(key, value);
      else this.values.delete(key);
    }
  }
}

const IMMORTAL = { type: 'Immortal' } as const;
const FIRST_SLOT = 1000n;

/** The whole runtime over a store in memory, driven without signatures: what the model tests act on. */
export class ModelChain {
  readonly runtime: Runtime;
  private readonly store = new Store();
  x: Ext;
  number = 0;
  /** Rolling hash of everything that every block wrote. */
  digest = '0'.repeat(64);

  constructor(fast: boolean) {
    this.runtime = createSubtensorRuntime(
      { fast },
      {
        rootOf: () => '0'.repeat(64),
        verifySignature: () => {
          throw new Error('the model signs nothing');
        },
      },
    );
    this.store.write(genesisState(this.runtime, localnetGenesis({ fast })));
    this.x = this.runtime.createExt(this.store);
  }

  /** Builds one block around `act` and commits it. Returns its events and changes. */
  block(act: () => void): { readonly events: Ext['events']; readonly changes: ReturnType<Ext['changes']> } {
    const { runtime, x } = this;
    this.number += 1;
    const slot = FIRST_SLOT + BigInt(this.number);
    runtime.initializeBlock(x, {
      number: this.number,
      parentHash: this.digest,
      digest: { logs: [slotDigest(slot)] },
    });
    const now = slot * slotDuration(x.params);
    const timestamp = runtime.encodeCall({ type: 'Timestamp', value: { type: 'set', value: { now } } });
    runtime.applyExtrinsic(x, encodeExtrinsic({ type: 'Bare', version: 5 }, timestamp));
    act();
    runtime.finalizeBlock(x);
    const { events } = x;
    const changes = x.changes();
    this.digest = digestOf(this.digest, changes);
    this.store.write(changes);
    x.settle();
    return { events, changes };
  }

  /** Applies a signed call. False when the pool would refuse it (it cannot pay, a guard stops it …). */
  send(signer: AccountId, call: RuntimeCallValue): boolean {
    const { runtime, x } = this;
    const extra = { era: IMMORTAL, nonce: nonceOf(x, signer), tip: 0n, metadataHash: 'Disabled' } as const;
    const bytes = encodeExtrinsic(
      {
        type: 'Signed',
        address: { type: 'Id', value: signer },
        signature: { type: 'Sr25519', value: '0'.repeat(128) },
        extra,
      },
      runtime.encodeCall(call),
    );
    try {
      x.transact(() => runtime.applyChecked(x, { type: 'Signed', call, bytes, length: bytes.length, signer, extra }));
      return true;
    } catch (thrown) {
      if (thrown instanceof TransactionValidityError) return false;
      throw thrown;
    }
  }

  /** Forgets every decoded value, as a process that is started again does. */
  restart(): void {
    this.x = this.runtime.createExt(this.store);
  }

  /** Corrupts state as a fault of the engine would: a raw write that no rule allows. */
  corrupt(key: string, value: string): void {
    this.x.putRaw(key, fromHex(value));
  }
}
