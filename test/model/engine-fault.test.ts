import { expect, test, vi } from 'vitest';
import { runModel } from './run-model.ts';

// The engine with one fault: TAO that was minted and not spent stays in the pallet's issuance.
vi.mock('../../src/lib/localnet/pallets/subtensor/coinbase/tao.ts', async (original) => ({
  ...(await original<typeof import('../../src/lib/localnet/pallets/subtensor/coinbase/tao.ts')>()),
  recycleCredit: () => {},
}));

test('a fault seeded in the engine makes the model test fail', () => {
  expect(() => runModel(1, { blocks: 100 })).toThrow(
    /both issuances move together|the sum of all balances is the issuance/,
  );
});
