import type { DispatchError } from '../../../frame/dispatch-error.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { RuntimeCallValue } from '../../../frame/runtime-handle.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { errors } from '../errors.ts';
import { checkColdkeySwap } from './check-coldkey-swap.ts';
import { checkDelegateTake, DELEGATE_TAKE_CALLS } from './check-delegate-take.ts';
import { checkEvmKeyAssociation, EVM_KEY_CALLS } from './check-evm-key-association.ts';
import { checkRateLimits, RATE_LIMITED_CALLS } from './check-rate-limits.ts';
import { checkServingEndpoints, SERVING_CALLS } from './check-serving-endpoints.ts';
import { checkWeights, WEIGHT_CALLS } from './check-weights.ts';
import { applicableCall, type SubtensorCall } from './subtensor-call.ts';

type Check = (x: Ext, who: AccountId, call: SubtensorCall) => void;

const CHECKS: readonly (readonly [ReadonlySet<string>, Check])[] = [
  [WEIGHT_CALLS, checkWeights],
  [RATE_LIMITED_CALLS, checkRateLimits],
  [DELEGATE_TAKE_CALLS, checkDelegateTake],
  [SERVING_CALLS, checkServingEndpoints],
  [EVM_KEY_CALLS, checkEvmKeyAssociation],
];

/**
 * The six checks before every signed dispatch, also of calls inside calls, in the chain's order; they only read.
 * Source: pallets/subtensor guards/*.rs, runtime/src/lib.rs `DispatchExtension`. @throws DispatchError
 */
export function guard(x: Ext, who: AccountId, call: RuntimeCallValue): void {
  checkColdkeySwap(x, who, call);
  for (const [names, check] of CHECKS) {
    const applicable = applicableCall(call, names);
    if (applicable) check(x, who, applicable);
  }
}

const BAD_REQUEST = 255;

/** CustomTransactionError codes by the pallet's error (common/src/transaction_error.rs, pallets/subtensor extensions/subtensor.rs). */
const CODES = new Map<DispatchError, number>([
  [errors.ColdkeySwapAnnounced, 0],
  [errors.AmountTooLow, 1],
  [errors.NotEnoughStakeToSetWeights, 1],
  [errors.NotEnoughBalanceToStake, 2],
  [errors.SubnetNotExists, 3],
  [errors.HotKeyAccountNotExists, 4],
  [errors.NotEnoughStakeToWithdraw, 5],
  [errors.CommittingWeightsTooFast, 6],
  [errors.SettingWeightsTooFast, 6],
  [errors.NetworkTxRateLimitExceeded, 6],
  [errors.InsufficientLiquidity, 7],
  [errors.SlippageTooHigh, 8],
  [errors.TransferDisallowed, 9],
  [errors.HotKeyNotRegisteredInNetwork, 10],
  [errors.InvalidIpAddress, 11],
  [errors.ServingRateLimitExceeded, 12],
  [errors.InvalidPort, 13],
  [errors.InvalidRevealRound, 15],
  [errors.NoWeightsCommitFound, 16],
  [errors.RevealTooEarly, 17],
  [errors.InputLengthsUnequal, 18],
  [errors.HotKeyNotRegisteredInSubNet, 19],
  [errors.EvmKeyAssociateRateLimitExceeded, 20],
  [errors.ColdkeySwapDisputed, 21],
  [errors.NonAssociatedColdKey, 25],
  [errors.DelegateTakeTooLow, 26],
  [errors.DelegateTakeTooHigh, 27],
]);

/** The code under which the pool reports a guard's error. */
export const guardErrorCode = (error: DispatchError): number => CODES.get(error) ?? BAD_REQUEST;
