// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { constant } from '../../frame/pallet.ts';
import { identity, storageOf, twox64Concat } from '../../frame/storage.ts';
import { boundedBytes } from '../../scale/compound.ts';
import { bool, u16, u64 } from '../../scale/primitives.ts';
import { PalletId } from '../system/types.ts';
import { Balancer, NonZeroU64 } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'Swap', index: 28, module: 'pallet_subtensor_swap::pallet' } as const;
export const storage = storageOf('Swap');
export const FeeRate = storage.map('FeeRate', twox64Concat(u16), u16, 33);
export const SwapBalancer = storage.map('SwapBalancer', twox64Concat(u16), Balancer, {
  quote: 500_000_000_000_000_000n,
});
export const PalSwapInitialized = storage.map('PalSwapInitialized', twox64Concat(u16), bool, false);
export const HasMigrationRun = storage.map('HasMigrationRun', identity(boundedBytes()), bool, false);
export const ScrapReservoirAlpha = storage.map('ScrapReservoirAlpha', twox64Concat(u16), u64, 0n);
export const events = defineEvents(palletInfo, {
  FeeRateSet: { netuid: u16, rate: u16 },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'FeeRateTooHigh',
  'InsufficientInputAmount',
  'InsufficientLiquidity',
  'PriceLimitExceeded',
  'InsufficientBalance',
  'InvalidTickRange',
  'InvalidLiquidityValue',
  'ReservesTooLow',
  'MechanismDoesNotExist',
  'SubtokenDisabled',
  'ReservesOutOfBalance',
  'SwapInputTooLarge',
  'Deprecated',
]);
export const constants = {
  ProtocolId: constant(PalletId, '74656e2f73776170'),
  MaxFeeRate: constant(u16, 10000),
  MinimumLiquidity: constant(u64, 1000n),
  MinimumReserve: constant(NonZeroU64, 1_000_000n),
};
