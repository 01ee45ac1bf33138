import type { Ext } from '../../src/lib/localnet/frame/ext.ts';
import type { RuntimeCallValue } from '../../src/lib/localnet/frame/runtime-handle.ts';
import { slotDigest, slotDuration } from '../../src/lib/localnet/pallets/aura/slot.ts';
import type { Runtime } from '../../src/lib/localnet/runtime/create-runtime.ts';
import { timestampInherent } from '../../src/lib/localnet/runtime/timestamp-inherent.ts';
import { decode } from '../../src/lib/localnet/scale/type.ts';
import { runtimeOver } from '../../src/lib/localnet/vectors/runtime-for-vectors.ts';
import { readVector } from './read-vector.ts';

// The local chain's genesis with a block open, for tests that dispatch calls.

export const ALICE = 'd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d';
export const BOB = '8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48';
export const DAVE = '306721211d5404bd9da88e0204360a1a9ab8b87c66c1bc2fcdd37f3c2222cc20';
/** An account that does not exist. */
export const NOBODY = 'aa'.repeat(32);

export interface OpenBlock {
  readonly runtime: Runtime;
  readonly x: Ext;
  /** Names of the events so far: `Balances.Transfer`. */
  events(): string[];
}

/** Opens block 1 over the local genesis, its timestamp set. */
export function openBlock(): OpenBlock {
  const genesis = readVector('genesis-localnet') as { readonly state: readonly (readonly [string, string])[] };
  const { runtime, state } = runtimeOver(genesis.state);
  const x = runtime.createExt(state);
  const slot = 1001n;
  runtime.initializeBlock(x, { number: 1, parentHash: '42'.repeat(32), digest: { logs: [slotDigest(slot)] } });
  runtime.applyExtrinsic(x, timestampInherent(slot * slotDuration(x.params)));
  x.events = [];
  return {
    runtime,
    x,
    events: () =>
      x.events.map(({ bytes }) => {
        const { type, value } = decode(runtime.eventType, bytes);
        return `${type}.${value.type}`;
      }),
  };
}

/** A call by its names. */
export const callOf = (pallet: string, name: string, args: unknown = {}): RuntimeCallValue => ({
  type: pallet,
  value: { type: name, value: args },
});

export const remark = callOf('System', 'remark', { remark: new Uint8Array() });
export const transferOf = (dest: string, value: bigint): RuntimeCallValue =>
  callOf('Balances', 'transfer_allow_death', { dest: { type: 'Id', value: dest }, value });
