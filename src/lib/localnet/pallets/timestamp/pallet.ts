import { pallet } from '../../frame/pallet.ts';
import { assertOrPanic } from '../../frame/panic.ts';
import { weight } from '../../frame/weight.ts';
import { calls } from './calls.ts';
import { constants, DidUpdate, palletInfo, storage } from './spec.ts';

export const Timestamp = pallet({
  ...palletInfo,
  storage: storage.items,
  calls,
  constants,
  isInherent: (name) => name === 'set',
  hooks: {
    onInitialize: () => weight(3_246_000n),
    onFinalize: (x) => assertOrPanic(DidUpdate.take(x), 'a block without a timestamp'),
  },
});
