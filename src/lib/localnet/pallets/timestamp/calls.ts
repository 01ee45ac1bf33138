import { mandatory } from '../../frame/dispatch-info.ts';
import { ensureNone } from '../../frame/origin.ts';
import { call } from '../../frame/pallet.ts';
import { assertOrPanic } from '../../frame/panic.ts';
import { addWeight, dbReadsWrites, weight } from '../../frame/weight.ts';
import { compactBigint, u64 } from '../../scale/primitives.ts';
import { checkTimestampSlot, slotDuration } from '../aura/slot.ts';
import { DidUpdate, Now } from './spec.ts';

/** Calls of pallet-timestamp (src/lib.rs). `now` is in milliseconds. */
export const calls = {
  set: call(
    0,
    { now: compactBigint(u64) },
    mandatory(addWeight(weight(3_816_000n, 1493n), dbReadsWrites(2, 1))),
    (x, origin, { now }) => {
      ensureNone(origin);
      assertOrPanic(!DidUpdate.exists(x), 'the timestamp is set twice in one block');
      const before = Now.get(x);
      assertOrPanic(
        before === 0n || now >= before + slotDuration(x.params) / 2n,
        'the timestamp must grow by at least half a slot from block to block',
      );
      Now.put(x, now);
      DidUpdate.put(x, true);
      checkTimestampSlot(x, now);
    },
    { now: 'T::Moment' },
  ),
};
