import type { Ext } from '../../src/lib/localnet/frame/ext.ts';
import { type Origin, ROOT, signed } from '../../src/lib/localnet/frame/origin.ts';
import type { CallDef } from '../../src/lib/localnet/frame/pallet.ts';
import { AdminUtils } from '../../src/lib/localnet/pallets/admin-utils/pallet.ts';
import { calls as subtensorCalls } from '../../src/lib/localnet/pallets/subtensor/calls.ts';
import {
  CommitRevealWeightsEnabled,
  LastEpochBlock,
  MaxAllowedUids,
  SubnetOwner,
  SubnetOwnerHotkey,
  Tempo,
} from '../../src/lib/localnet/pallets/subtensor/storage.ts';
import { registerNeuron } from '../../src/lib/localnet/pallets/subtensor/subnets/register-neuron.ts';
import type { AccountId } from '../../src/lib/localnet/scale/well-known.ts';
import { dispatchOutcome } from './dispatch-outcome.ts';
import { addHotkey, addPool, emptyState, goToBlock, TAO } from './stake-state.ts';

/** A state with a subnet whose owner and hotkey are known, open for plain `set_weights`. */
export const NETUID = 3;
export const OWNER = 'aa'.repeat(32);
export const OWNER_HOTKEY = 'ab'.repeat(32);

/** @param block the block that the state is at */
export function subnetState(block = 1000): Ext {
  const x = emptyState();
  goToBlock(x, block);
  addPool(x, NETUID, 1000n * TAO, 1000n * TAO, 1000n * TAO);
  Tempo.insert(x, NETUID, 360);
  LastEpochBlock.insert(x, NETUID, BigInt(block));
  MaxAllowedUids.insert(x, NETUID, 256);
  CommitRevealWeightsEnabled.insert(x, NETUID, false);
  SubnetOwner.insert(x, NETUID, OWNER);
  SubnetOwnerHotkey.insert(x, NETUID, OWNER_HOTKEY);
  addNeuron(x, OWNER, OWNER_HOTKEY);
  return x;
}

/** Registers a hotkey without paying. Answers the uid. */
export function addNeuron(x: Ext, coldkey: AccountId, hotkey: AccountId, netuid = NETUID): number {
  addHotkey(x, coldkey, hotkey);
  return registerNeuron(x, netuid, hotkey);
}

const all: Readonly<Record<string, CallDef>> = { ...subtensorCalls, ...AdminUtils.calls };

/** Runs a call of SubtensorModule or AdminUtils as the executive does. @param who an account, or root */
export function run(x: Ext, who: AccountId | 'root', name: string, args: Readonly<Record<string, unknown>> = {}): void {
  const origin: Origin = who === 'root' ? ROOT : signed(who);
  const call = all[name];
  if (!call) throw new Error(`no call ${name}`);
  x.transact(() => call.run(x, origin, args));
}

/** How a call ends: `ok`, or its error, those of SubtensorModule by name alone. A failed call must leave nothing behind. */
export function outcome(
  x: Ext,
  who: AccountId | 'root',
  name: string,
  args: Readonly<Record<string, unknown>> = {},
): string {
  return dispatchOutcome(x, name, () => run(x, who, name, args)).replace(/^SubtensorModule\./, '');
}
