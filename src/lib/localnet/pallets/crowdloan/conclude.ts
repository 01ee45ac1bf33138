import { asDispatchError } from '../../frame/dispatch-error.ts';
import type { Ext } from '../../frame/ext.ts';
import { signed } from '../../frame/origin.ts';
import type { RuntimeCallValue } from '../../frame/runtime-handle.ts';
import type { PostInfo } from '../../frame/weight.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { transfer } from '../balances/currency.ts';
import { type BoundedCall, dropCall, peekCall } from '../preimage/bounded-call.ts';
import { decProviders } from '../system/account.ts';
import { changeable, existing } from './checks.ts';
import { Contributions, Crowdloans, CurrentCrowdloanId, constants, errors, events, MaxContributions } from './spec.ts';
import { weights } from './weights.ts';

// How crowdloans end (pallets/crowdloan/src/lib.rs).

const REFUND_LIMIT = constants.RefundContributorsLimit.value as number;

/** @throws Crowdloan.CallUnavailable */
function storedCall(x: Ext, bounded: BoundedCall): RuntimeCallValue {
  try {
    return peekCall(x, bounded).call;
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
    throw errors.CallUnavailable;
  }
}

/** Runs the creator's call; it finds the crowdloan's id in `CurrentCrowdloanId`. @throws its DispatchError, without its weight */
function runCall(x: Ext, who: AccountId, id: number, bounded: BoundedCall): void {
  CurrentCrowdloanId.put(x, id);
  const call = storedCall(x, bounded);
  try {
    x.runtime.dispatch(x, call, signed(who));
  } catch (thrown) {
    throw asDispatchError(thrown) ?? thrown;
  }
  CurrentCrowdloanId.kill(x);
}

/** `finalize`: hands over what was raised, or runs the call. @throws errors of the pallet, DispatchError */
export function finalize(x: Ext, who: AccountId, id: number): void {
  const crowdloan = existing(x, id);
  if (who !== crowdloan.creator) throw errors.InvalidOrigin;
  if (crowdloan.raised !== crowdloan.cap) throw errors.CapNotRaised;
  if (crowdloan.finalized) throw errors.AlreadyFinalized;
  const { call, target_address: target } = crowdloan;
  if (call && target === undefined) runCall(x, who, id, call);
  else if (!call && target !== undefined) {
    transfer(x, crowdloan.funds_account, target, crowdloan.raised, 'Expendable');
  } else throw errors.InvalidFinalizationConfig;
  Crowdloans.insert(x, id, { ...crowdloan, finalized: true });
  events.deposit(x, 'Finalized', { crowdloan_id: id });
}

/** `refund`: the money back to contributors but the creator, so many at a time. @throws errors of the pallet, DispatchError */
export function refund(x: Ext, who: AccountId, id: number): PostInfo {
  const crowdloan = changeable(x, id, who);
  const waiting = [...Contributions.iterPrefix(x, id)].filter(([contributor]) => contributor !== crowdloan.creator);
  const refunded = waiting.slice(0, REFUND_LIMIT);
  let { raised } = crowdloan;
  for (const [contributor, amount] of refunded) {
    transfer(x, crowdloan.funds_account, contributor, amount, 'Expendable');
    raised = raised > amount ? raised - amount : 0n;
  }
  const contributors_count = crowdloan.contributors_count - refunded.length;
  if (contributors_count < 0) throw errors.Underflow;
  Crowdloans.insert(x, id, { ...crowdloan, raised, contributors_count });
  for (const [contributor] of refunded) Contributions.remove(x, id, contributor);
  if (refunded.length < waiting.length) {
    events.deposit(x, 'PartiallyRefunded', { crowdloan_id: id });
    return {};
  }
  events.deposit(x, 'AllRefunded', { crowdloan_id: id });
  return { actualWeight: weights.refund(refunded.length) };
}

/** `dissolve`: removes a crowdloan in which only the creator's money is left. @throws errors of the pallet, DispatchError */
export function dissolve(x: Ext, who: AccountId, id: number): void {
  const crowdloan = changeable(x, id, who);
  const contribution = Contributions.get(x, id, crowdloan.creator);
  if (contribution === undefined) throw errors.NoContribution;
  if (contribution !== crowdloan.raised) throw errors.NotReadyToDissolve;
  transfer(x, crowdloan.funds_account, crowdloan.creator, contribution, 'Expendable');
  Contributions.remove(x, id, crowdloan.creator);
  if (crowdloan.call) dropCall(x, crowdloan.call);
  try {
    decProviders(x, crowdloan.funds_account);
  } catch (thrown) {
    if (!asDispatchError(thrown)) throw thrown;
  }
  Crowdloans.remove(x, id);
  MaxContributions.remove(x, id);
  events.deposit(x, 'Dissolved', { crowdloan_id: id });
}
