import { normal } from '../../frame/dispatch-info.ts';
import { ensureRoot } from '../../frame/origin.ts';
import { call, pallet } from '../../frame/pallet.ts';
import { addWeight, dbReadsWrites, dbWrites, weight } from '../../frame/weight.ts';
import { U256 } from '../evm/types.ts';
import { Permill } from '../system/types.ts';
import { adjustBaseFee } from './fee.ts';
import { BaseFeePerGas, Elasticity, events, palletInfo, storage } from './spec.ts';

const ONE_WRITE = normal(addWeight(weight(10_000n), dbWrites(1)));

/** pallet-base-fee of Frontier. */
export const BaseFee = pallet({
  ...palletInfo,
  storage: storage.items,
  calls: {
    set_base_fee_per_gas: call(
      0,
      { fee: U256 },
      ONE_WRITE,
      (x, origin, { fee }) => {
        ensureRoot(origin);
        BaseFeePerGas.put(x, fee);
        events.deposit(x, 'NewBaseFeePerGas', { fee });
      },
      { fee: 'U256' },
    ),
    set_elasticity: call(
      1,
      { elasticity: Permill },
      ONE_WRITE,
      (x, origin, { elasticity }) => {
        ensureRoot(origin);
        Elasticity.put(x, elasticity);
        events.deposit(x, 'NewElasticity', { elasticity });
      },
      { elasticity: 'Permill' },
    ),
  },
  events,
  hooks: { onInitialize: () => dbReadsWrites(2, 1), onFinalize: (x) => adjustBaseFee(x) },
});
