import { DispatchErrorWithPostInfo } from '../../frame/dispatch-error.ts';
import { maxWeight, normal } from '../../frame/dispatch-info.ts';
import { blake2_256 } from '../../frame/hashing.ts';
import { dispatchInfoOf } from '../../frame/inner-calls.ts';
import { ensureSigned, signed } from '../../frame/origin.ts';
import { call } from '../../frame/pallet.ts';
import type { RuntimeCallValue } from '../../frame/runtime-handle.ts';
import { RuntimeCall } from '../../frame/runtime-types.ts';
import { addWeight, dbReadsWrites, type PostInfo, WeightType } from '../../frame/weight.ts';
import { toHex } from '../../scale/bytes.ts';
import { option, vec } from '../../scale/compound.ts';
import { fixedBytes, u16 } from '../../scale/primitives.ts';
import { encode } from '../../scale/type.ts';
import { AccountId32 } from '../../scale/well-known.ts';
import { reserve, unreserve } from '../balances/reservable.ts';
import { multisigDeposit, operate, sameTimepoint, timepoint } from './operate.ts';
import { multiAccountId, signatoriesOf } from './signatories.ts';
import { errors, events, Multisigs } from './spec.ts';
import { Timepoint } from './types.ts';
import { weights } from './weights.ts';

const OTHERS = 'Vec<T::AccountId>';
const MAYBE_TIMEPOINT = 'Option<Timepoint<BlockNumberFor<T>>>';
const CALL = 'Box<<T as Config>::RuntimeCall>';
const HASH = '[u8; 32]';
const Accounts = vec(AccountId32);
const Hash = fixedBytes(32);

const encoded = (inner: RuntimeCallValue): Uint8Array => encode(RuntimeCall, inner);

/** Calls of pallet-multisig 41 (src/lib.rs). */
export const calls = {
  as_multi_threshold_1: call(
    0,
    { other_signatories: Accounts, call: RuntimeCall },
    ({ call: inner }) => {
      const info = dispatchInfoOf(inner);
      const own = addWeight(weights.as_multi_threshold_1(encoded(inner).length), dbReadsWrites(1, 1));
      return { weight: addWeight(own, info.weight), class: info.class, pays: 'Yes' };
    },
    (x, origin, { other_signatories, call: inner }) => {
      const who = ensureSigned(origin);
      const id = multiAccountId(signatoriesOf(other_signatories, who), 1);
      const bytes = encoded(inner);
      const own = weights.as_multi_threshold_1(bytes.length);
      const withOwn = ({ actualWeight }: PostInfo): PostInfo =>
        actualWeight ? { actualWeight: addWeight(own, actualWeight) } : {};
      let post: PostInfo;
      try {
        post = x.runtime.dispatch(x, inner, signed(id));
      } catch (thrown) {
        // Its event would go with the failed call.
        if (!(thrown instanceof DispatchErrorWithPostInfo) || !thrown.postInfo.actualWeight) throw thrown;
        throw new DispatchErrorWithPostInfo(thrown.error, withOwn(thrown.postInfo));
      }
      events.deposit(x, 'MultisigExecuted', {
        approving: who,
        timepoint: timepoint(x),
        multisig: id,
        call_hash: toHex(blake2_256(bytes)),
        result: { type: 'Ok', value: undefined },
      });
      return withOwn(post);
    },
    { other_signatories: OTHERS, call: CALL },
  ),
  as_multi: call(
    1,
    {
      threshold: u16,
      other_signatories: Accounts,
      maybe_timepoint: option(Timepoint),
      call: RuntimeCall,
      max_weight: WeightType,
    },
    ({ other_signatories: { length }, call: inner, max_weight }) => {
      const bytes = encoded(inner).length;
      const own = maxWeight(
        maxWeight(weights.as_multi_create(length, bytes), weights.as_multi_approve(length, bytes)),
        weights.as_multi_complete(length, bytes),
      );
      return normal(addWeight(own, max_weight));
    },
    (x, origin, { threshold, other_signatories, maybe_timepoint, call: inner, max_weight }) => {
      const bytes = encoded(inner);
      return operate(x, {
        who: ensureSigned(origin),
        threshold,
        others: other_signatories,
        maybe_timepoint,
        call_hash: toHex(blake2_256(bytes)),
        call: inner,
        length: bytes.length,
        max_weight,
      });
    },
    {
      threshold: 'u16',
      other_signatories: OTHERS,
      maybe_timepoint: MAYBE_TIMEPOINT,
      call: CALL,
      max_weight: 'Weight',
    },
  ),
  approve_as_multi: call(
    2,
    {
      threshold: u16,
      other_signatories: Accounts,
      maybe_timepoint: option(Timepoint),
      call_hash: Hash,
      max_weight: WeightType,
    },
    ({ other_signatories: { length }, max_weight }) =>
      normal(
        addWeight(
          maxWeight(weights.approve_as_multi_create(length), weights.approve_as_multi_approve(length)),
          max_weight,
        ),
      ),
    (x, origin, { threshold, other_signatories, maybe_timepoint, call_hash, max_weight }) =>
      operate(x, {
        who: ensureSigned(origin),
        threshold,
        others: other_signatories,
        maybe_timepoint,
        call_hash,
        call: undefined,
        length: 0,
        max_weight,
      }),
    {
      threshold: 'u16',
      other_signatories: OTHERS,
      maybe_timepoint: MAYBE_TIMEPOINT,
      call_hash: HASH,
      max_weight: 'Weight',
    },
  ),
  cancel_as_multi: call(
    3,
    { threshold: u16, other_signatories: Accounts, timepoint: Timepoint, call_hash: Hash },
    ({ other_signatories }) => normal(weights.cancel_as_multi(other_signatories.length)),
    (x, origin, { threshold, other_signatories, timepoint: when, call_hash }) => {
      const who = ensureSigned(origin);
      if (threshold < 2) throw errors.MinimumThreshold;
      const id = multiAccountId(signatoriesOf(other_signatories, who), threshold);
      const open = Multisigs.get(x, id, call_hash);
      if (!open) throw errors.NotFound;
      if (!sameTimepoint(open.when, when)) throw errors.WrongTimepoint;
      if (open.depositor !== who) throw errors.NotOwner;
      unreserve(x, who, open.deposit);
      Multisigs.remove(x, id, call_hash);
      events.deposit(x, 'MultisigCancelled', { cancelling: who, timepoint: when, multisig: id, call_hash });
    },
    { threshold: 'u16', other_signatories: OTHERS, timepoint: 'Timepoint<BlockNumberFor<T>>', call_hash: HASH },
  ),
  poke_deposit: call(
    4,
    { threshold: u16, other_signatories: Accounts, call_hash: Hash },
    ({ other_signatories }) => normal(weights.poke_deposit(other_signatories.length)),
    (x, origin, { threshold, other_signatories, call_hash }) => {
      const who = ensureSigned(origin);
      if (threshold < 2) throw errors.MinimumThreshold;
      const id = multiAccountId(signatoriesOf(other_signatories, who), threshold);
      const open = Multisigs.get(x, id, call_hash);
      if (!open) throw errors.NotFound;
      if (open.depositor !== who) throw errors.NotOwner;
      const new_deposit = multisigDeposit(threshold);
      const old_deposit = open.deposit;
      if (new_deposit === old_deposit) return { pays: 'Yes' };
      if (new_deposit > old_deposit) reserve(x, who, new_deposit - old_deposit);
      else unreserve(x, who, old_deposit - new_deposit);
      Multisigs.insert(x, id, call_hash, { ...open, deposit: new_deposit });
      events.deposit(x, 'DepositPoked', { who, call_hash, old_deposit, new_deposit });
      return { pays: 'No' };
    },
    { threshold: 'u16', other_signatories: OTHERS, call_hash: HASH },
  ),
};
