import { saturatingSub } from '../../../fixed/integer.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureSigned, type Origin } from '../../../frame/origin.ts';
import { bytes, u64 } from '../../../scale/primitives.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { MAX_PRICE } from '../../swap/swap.ts';
import { currentBlock } from '../../system/block-number.ts';
import { Account, callWithNames, NetUid } from '../call-args.ts';
import { shouldRunEpoch } from '../coinbase/epoch-schedule.ts';
import { recordTaoInflow } from '../coinbase/subnet-emissions.ts';
import { canRemoveBalanceFromColdkeyAccount, transferTaoToSubnet } from '../coinbase/tao.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { coldkeyOwnsHotkey, createAccountIfNonExistent } from '../staking/helpers.ts';
import { swapTaoForAlpha } from '../staking/stake-utils.ts';
import {
  Burn,
  BurnHalfLife,
  BurnIncreaseMult,
  MaxAllowedUids,
  MaxBurn,
  MinBurn,
  NetworkRegistrationAllowed,
  NetworksAdded,
  RegistrationsThisBlock,
  RegistrationsThisInterval,
  SubnetAlphaOut,
  SubnetworkN,
  Uids,
} from '../storage.ts';
import { increaseRaoRecycled } from '../utils/misc.ts';
import { type BurnBounds, bumpBurn, decayBurn } from './burn.ts';
import { getNeuronToPrune } from './neuron-pruning.ts';
import { registerNeuron } from './register-neuron.ts';
import { ifSubnetExist, ROOT_NETUID } from './subnet.ts';

/** Buying a neuron's place on a subnet. Source: pallets/subtensor subnets/registration.rs. */

const boundsOf = (x: Ext, netuid: number): BurnBounds => ({
  minBurn: MinBurn.get(x, netuid),
  maxBurn: MaxBurn.get(x, netuid),
});

/**
 * Registers a hotkey: the coldkey pays the current price, which buys alpha that is destroyed; the price goes up at once.
 *
 * @throws DispatchError in the chain's order of checks
 */
function doRegister(x: Ext, origin: Origin, netuid: number, hotkey: AccountId): void {
  const coldkey = ensureSigned(origin);
  if (netuid === ROOT_NETUID) throw errors.RegistrationNotPermittedOnRootSubnet;
  if (!ifSubnetExist(x, netuid)) throw errors.SubnetNotExists;
  if (!NetworkRegistrationAllowed.get(x, netuid)) throw errors.SubNetRegistrationDisabled;
  if (Uids.containsKey(x, netuid, hotkey)) throw errors.HotKeyAlreadyRegisteredInSubNet;
  const price = Burn.get(x, netuid);
  if (!canRemoveBalanceFromColdkeyAccount(x, coldkey, price)) throw errors.NotEnoughBalanceToStake;
  createAccountIfNonExistent(x, coldkey, hotkey);
  if (!coldkeyOwnsHotkey(x, coldkey, hotkey)) throw errors.NonAssociatedColdKey;
  const places = MaxAllowedUids.get(x, netuid);
  if (places === 0) throw errors.NoNeuronIdAvailable;
  if (SubnetworkN.get(x, netuid) >= places && getNeuronToPrune(x, netuid) === undefined)
    throw errors.NoNeuronIdAvailable;
  const paid = transferTaoToSubnet(x, netuid, coldkey, price);
  const { amountPaidOut } = swapTaoForAlpha(x, netuid, paid, MAX_PRICE, false);
  SubnetAlphaOut.mutate(x, netuid, (total) => saturatingSub(total, amountPaidOut));
  const uid = registerNeuron(x, netuid, hotkey);
  bumpRegistrationPriceAfterRegistration(x, netuid);
  RegistrationsThisBlock.mutate(x, netuid, (count) => Math.min(count + 1, 0xffff));
  increaseRaoRecycled(x, netuid, price);
  recordTaoInflow(x, netuid, paid);
  events.deposit(x, 'NeuronRegistered', [netuid, uid, hotkey]);
}

/** As `doRegister`, up to a price in rao. @throws RegistrationPriceLimitExceeded and as `doRegister` */
function doRegisterLimit(x: Ext, origin: Origin, netuid: number, hotkey: AccountId, limitPrice: bigint): void {
  ensureSigned(origin);
  if (netuid === ROOT_NETUID) throw errors.RegistrationNotPermittedOnRootSubnet;
  if (!ifSubnetExist(x, netuid)) throw errors.SubnetNotExists;
  if (Burn.get(x, netuid) > limitPrice) throw errors.RegistrationPriceLimitExceeded;
  doRegister(x, origin, netuid, hotkey);
}

/** At the start of a block: lets every price decay and starts the counters of registrations anew. */
export function updateRegistrationPricesForNetworks(x: Ext): void {
  const block = currentBlock(x);
  for (const netuid of NetworksAdded.keys(x)) {
    const burn = Burn.get(x, netuid);
    const next = decayBurn(burn, boundsOf(x, netuid), BurnHalfLife.get(x, netuid), block);
    if (next !== burn) Burn.insert(x, netuid, next);
    RegistrationsThisBlock.insert(x, netuid, 0);
    if (netuid === ROOT_NETUID && shouldRunEpoch(x, netuid, block)) RegistrationsThisInterval.insert(x, netuid, 0);
  }
}

/** Raises a subnet's price after a registration. Root has none. */
export function bumpRegistrationPriceAfterRegistration(x: Ext, netuid: number): void {
  if (netuid === ROOT_NETUID) return;
  Burn.insert(x, netuid, bumpBurn(Burn.get(x, netuid), boundsOf(x, netuid), BurnIncreaseMult.get(x, netuid)));
}

/** Calls 6, 7 and 134. The proof-of-work arguments of `register` are ignored, as on the chain. */
export const registrationCalls = {
  register: callWithNames(
    6,
    { netuid: NetUid, block_number: u64, nonce: u64, work: bytes, hotkey: Account, coldkey: Account },
    costs(4_099_872_000n, 6148n),
    (x, origin, { netuid, hotkey }) => doRegister(x, origin, netuid, hotkey),
  ),
  burned_register: callWithNames(
    7,
    { netuid: NetUid, hotkey: Account },
    costs(4_086_815_000n, 6148n),
    (x, origin, { netuid, hotkey }) => doRegister(x, origin, netuid, hotkey),
  ),
  register_limit: callWithNames(
    134,
    { netuid: NetUid, hotkey: Account, limit_price: u64 },
    costs(5_529_200_000n),
    (x, origin, { netuid, hotkey, limit_price }) => doRegisterLimit(x, origin, netuid, hotkey, limit_price),
  ),
};
