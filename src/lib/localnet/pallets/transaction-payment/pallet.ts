import { pallet } from '../../frame/pallet.ts';
import { constants, events, NextFeeMultiplier, palletInfo, storage } from './spec.ts';

const ONE = 1_000_000_000_000_000_000n;

/** pallet-transaction-payment: the multiplier is one for ever on this chain (ConstFeeMultiplier). */
export const TransactionPayment = pallet({
  ...palletInfo,
  storage: storage.items,
  events,
  constants,
  hooks: { onFinalize: (x) => NextFeeMultiplier.put(x, ONE) },
});
