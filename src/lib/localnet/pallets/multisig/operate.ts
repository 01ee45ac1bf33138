import { anyGreater } from '../../frame/dispatch-info.ts';
import type { Ext } from '../../frame/ext.ts';
import { dispatchInfoOf, dispatchOutcome } from '../../frame/inner-calls.ts';
import { signed } from '../../frame/origin.ts';
import type { RuntimeCallValue } from '../../frame/runtime-handle.ts';
import { addWeight, type PostInfo, type Weight } from '../../frame/weight.ts';
import type { ValueOf } from '../../scale/type.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { reserve, unreserve } from '../balances/reservable.ts';
import { blockNumber, extrinsicIndex } from '../system/block.ts';
import { multiAccountId, signatoriesOf } from './signatories.ts';
import { constants, errors, events, Multisigs } from './spec.ts';
import type { Multisig, Timepoint } from './types.ts';
import { weights } from './weights.ts';

// The steps of an operation that several must approve (pallet-multisig 41, src/lib.rs).

export type TimepointValue = ValueOf<typeof Timepoint>;
type MultisigValue = ValueOf<typeof Multisig>;

const BASE = constants.DepositBase.value as bigint;
const FACTOR = constants.DepositFactor.value as bigint;
const MAX_SIGNATORIES = constants.MaxSignatories.value as number;

/** What the first to approve locks (rao). */
export const multisigDeposit = (threshold: number): bigint => BASE + FACTOR * BigInt(threshold);

/** Block and extrinsic of now. */
export const timepoint = (x: Ext): TimepointValue => ({ height: blockNumber(x), index: extrinsicIndex(x) ?? 0 });

export const sameTimepoint = (a: TimepointValue, b: TimepointValue): boolean =>
  a.height === b.height && a.index === b.index;

/** An approval of one signatory. `call` is absent where only its hash is given. */
export interface Approval {
  readonly who: AccountId;
  readonly threshold: number;
  readonly others: readonly AccountId[];
  readonly maybe_timepoint: TimepointValue | undefined;
  readonly call_hash: string;
  readonly call: RuntimeCallValue | undefined;
  /** Bytes of the call, 0 where only its hash is given. */
  readonly length: number;
  readonly max_weight: Weight;
}

/** Starts, approves or executes an operation. @throws the errors of the pallet but NotFound and NotOwner */
export function operate(x: Ext, approval: Approval): PostInfo {
  if (approval.threshold < 2) throw errors.MinimumThreshold;
  const id = multiAccountId(signatoriesOf(approval.others, approval.who), approval.threshold);
  const open = Multisigs.get(x, id, approval.call_hash);
  return open ? approve(x, id, open, approval) : start(x, id, approval);
}

function start(x: Ext, id: AccountId, { who, threshold, maybe_timepoint, call_hash, ...rest }: Approval): PostInfo {
  if (maybe_timepoint) throw errors.UnexpectedTimepoint;
  const deposit = multisigDeposit(threshold);
  reserve(x, who, deposit);
  Multisigs.insert(x, id, call_hash, { when: timepoint(x), deposit, depositor: who, approvals: [who] });
  events.deposit(x, 'NewMultisig', { approving: who, multisig: id, call_hash });
  return { actualWeight: weights.as_multi_create(rest.others.length, rest.length) };
}

function approve(x: Ext, id: AccountId, open: MultisigValue, approval: Approval): PostInfo {
  const { who, threshold, maybe_timepoint, call_hash, call, others, length } = approval;
  if (!maybe_timepoint) throw errors.NoTimepoint;
  if (!sameTimepoint(open.when, maybe_timepoint)) throw errors.WrongTimepoint;
  const counts = !open.approvals.includes(who) && open.approvals.length < threshold;
  const approvals = open.approvals.length + (counts ? 1 : 0);
  if (call && approvals >= threshold) return execute(x, id, open, approval, call);
  if (!counts) throw errors.AlreadyApproved;
  if (open.approvals.length >= MAX_SIGNATORIES) throw errors.TooManySignatories;
  Multisigs.insert(x, id, call_hash, { ...open, approvals: [...open.approvals, who].sort() });
  events.deposit(x, 'MultisigApproval', { approving: who, timepoint: maybe_timepoint, multisig: id, call_hash });
  return { actualWeight: weights.as_multi_approve(others.length, length) };
}

function execute(
  x: Ext,
  id: AccountId,
  open: MultisigValue,
  { who, call_hash, max_weight, others, length }: Approval,
  call: RuntimeCallValue,
): PostInfo {
  if (anyGreater(dispatchInfoOf(call).weight, max_weight)) throw errors.MaxWeightTooLow;
  Multisigs.remove(x, id, call_hash);
  unreserve(x, open.depositor, open.deposit);
  const { result, post } = dispatchOutcome(x, call, signed(id));
  events.deposit(x, 'MultisigExecuted', {
    approving: who,
    timepoint: open.when,
    multisig: id,
    call_hash,
    result,
  });
  const complete = weights.as_multi_complete(others.length, length);
  return post.actualWeight ? { actualWeight: addWeight(complete, post.actualWeight) } : {};
}
