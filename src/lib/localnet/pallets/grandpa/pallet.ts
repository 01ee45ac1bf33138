import { costs } from '../../frame/dispatch-info.ts';
import { ensureRoot } from '../../frame/origin.ts';
import { call, pallet } from '../../frame/pallet.ts';
import { refuseUnsigned } from '../../frame/transaction-validity.ts';
import { u32 } from '../../scale/primitives.ts';
import { finalizeAuthorities } from './schedule.ts';
import { constants, errorNames, events, palletInfo, Stalled, storage } from './spec.ts';

/** pallet-grandpa 41 (src/lib.rs) without equivocation reports: there is nobody to equivocate. */
export const Grandpa = pallet({
  ...palletInfo,
  storage: storage.items,
  calls: {
    note_stalled: call(
      2,
      { delay: u32, best_finalized_block_number: u32 },
      costs(103_000_000n),
      (x, origin, { delay, best_finalized_block_number }) => {
        ensureRoot(origin);
        Stalled.put(x, [delay, best_finalized_block_number]);
      },
      { delay: 'BlockNumberFor<T>', best_finalized_block_number: 'BlockNumberFor<T>' },
    ),
  },
  events,
  errors: { names: errorNames },
  constants,
  validateUnsigned: refuseUnsigned,
  hooks: { onFinalize: finalizeAuthorities },
});
