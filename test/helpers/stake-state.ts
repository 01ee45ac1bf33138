import { Ext } from '../../src/lib/localnet/frame/ext.ts';
import { signed } from '../../src/lib/localnet/frame/origin.ts';
import type { RuntimeHandle } from '../../src/lib/localnet/frame/runtime-handle.ts';
import type { PostInfo } from '../../src/lib/localnet/frame/weight.ts';
import { slotDigest } from '../../src/lib/localnet/pallets/aura/slot.ts';
import { Authorities } from '../../src/lib/localnet/pallets/aura/spec.ts';
import { issue, resolve } from '../../src/lib/localnet/pallets/balances/currency.ts';
import { events } from '../../src/lib/localnet/pallets/subtensor/events.ts';
import { palletInfo } from '../../src/lib/localnet/pallets/subtensor/info.ts';
import { stakingCalls } from '../../src/lib/localnet/pallets/subtensor/staking/calls.ts';
import { createAccountIfNonExistent } from '../../src/lib/localnet/pallets/subtensor/staking/helpers.ts';
import {
  NetworksAdded,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetMechanism,
  SubnetTAO,
  SubtokenEnabled,
  TotalIssuance,
} from '../../src/lib/localnet/pallets/subtensor/storage.ts';
import { subnetAccountId } from '../../src/lib/localnet/pallets/subtensor/subnets/subnet-account.ts';
import { BlockNumber, Digest } from '../../src/lib/localnet/pallets/system/spec.ts';
import { decode } from '../../src/lib/localnet/scale/type.ts';
import type { AccountId } from '../../src/lib/localnet/scale/well-known.ts';

/** Accounts for tests: 32 equal bytes. */
export const account = (byte: number): AccountId => byte.toString(16).padStart(2, '0').repeat(32);

export const TAO = 1_000_000_000n;
export const ROOT = 0;

const nothing = (): never => {
  throw new Error('these tests have no runtime');
};
const NO_RUNTIME: RuntimeHandle = {
  dispatch: nothing,
  dispatchBypassFilter: nothing,
  dispatchInfo: nothing,
  encodeCall: nothing,
  decodeCall: nothing,
  stateRoot: nothing,
};

/** Empty state at block 1, without a block author. */
export function emptyState(): Ext {
  const x = new Ext({ get: () => undefined, keys: () => [] }, { fast: false }, NO_RUNTIME);
  goToBlock(x, 1);
  return x;
}

export const goToBlock = (x: Ext, block: number): void => BlockNumber.put(x, block);

/** From here on `who` makes the blocks. */
export function setAuthor(x: Ext, who: AccountId): void {
  Authorities.put(x, [who]);
  Digest.put(x, { logs: [slotDigest(1n)] });
}

export function fund(x: Ext, who: AccountId, tao: bigint): void {
  if (!resolve(x, who, issue(x, tao))) throw new Error(`cannot fund ${who}`);
  TotalIssuance.mutate(x, (total) => total + tao);
}

/** A started subnet with a pool and the TAO of it; `alphaOut` may be staked. */
export function addPool(x: Ext, netuid: number, tao: bigint, alpha: bigint, alphaOut = 0n): void {
  NetworksAdded.insert(x, netuid, true);
  SubtokenEnabled.insert(x, netuid, true);
  SubnetMechanism.insert(x, netuid, 1);
  SubnetTAO.insert(x, netuid, tao);
  SubnetAlphaIn.insert(x, netuid, alpha);
  SubnetAlphaOut.insert(x, netuid, alphaOut);
  fund(x, subnetAccountId(netuid), tao + TAO);
}

/** The root subnet, open for staking. */
export function addRoot(x: Ext): void {
  NetworksAdded.insert(x, ROOT, true);
  SubtokenEnabled.insert(x, ROOT, true);
  fund(x, subnetAccountId(ROOT), TAO);
}

export const addHotkey = (x: Ext, coldkey: AccountId, hotkey: AccountId): void =>
  createAccountIfNonExistent(x, coldkey, hotkey);

type Calls = typeof stakingCalls;

/** Runs a call as the executive does: in a layer of its own, so that an error leaves nothing behind. */
export function run(
  x: Ext,
  who: AccountId,
  name: keyof Calls,
  args: Readonly<Record<string, unknown>>,
): PostInfo | undefined {
  return x.transact(() => stakingCalls[name].run(x, signed(who), args));
}

/** The pallet's events so far, decoded, oldest first. */
export function subtensorEvents(x: Ext): { readonly type: string; readonly value?: unknown }[] {
  return x.events
    .filter(({ bytes }) => bytes[0] === palletInfo.index)
    .map(({ bytes }) => decode(events.type, bytes.subarray(1)));
}

/** Everything that is stored, encoded. */
