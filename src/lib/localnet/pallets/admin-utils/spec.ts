// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { blake2Concat, storageOf } from '../../frame/storage.ts';
import { U64F64Type } from '../../scale/fixed-types.ts';
import { bool, u16 } from '../../scale/primitives.ts';
import { PrecompileEnum } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'AdminUtils', index: 19, module: 'pallet_admin_utils' } as const;
export const storage = storageOf('AdminUtils');
export const PrecompileEnable = storage.map('PrecompileEnable', blake2Concat(PrecompileEnum), bool, true);
export const events = defineEvents(palletInfo, {
  PrecompileUpdated: { precompile_id: PrecompileEnum, enabled: bool },
  Yuma3EnableToggled: { netuid: u16, enabled: bool },
  BondsResetToggled: { netuid: u16, enabled: bool },
  BurnHalfLifeSet: { netuid: u16, burn_half_life: u16 },
  BurnIncreaseMultSet: { netuid: u16, burn_increase_mult: U64F64Type },
  SubnetEmissionEnabledSet: { netuid: u16, enabled: bool },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'SubnetDoesNotExist',
  'MaxValidatorsLargerThanMaxUIds',
  'MaxAllowedUIdsLessThanCurrentUIds',
  'BondsMovingAverageMaxReached',
  'NegativeSigmoidSteepness',
  'ValueNotInBounds',
  'MinAllowedUidsGreaterThanCurrentUids',
  'MinAllowedUidsGreaterThanMaxAllowedUids',
  'MaxAllowedUidsLessThanMinAllowedUids',
  'MaxAllowedUidsGreaterThanDefaultMaxAllowedUids',
  'InvalidValue',
  'NotPermittedOnRootSubnet',
  'POWRegistrationDisabled',
  'Deprecated',
]);
