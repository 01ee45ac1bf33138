// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { DispatchErrorType } from '../../frame/dispatch-error.ts';
import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { constant } from '../../frame/pallet.ts';
import { blake2Concat, storageOf, twox64Concat } from '../../frame/storage.ts';
import { WeightType } from '../../frame/weight.ts';
import { boundedVec, option, result, tuple } from '../../scale/compound.ts';
import { fixedBytes, u8, u32, unit } from '../../scale/primitives.ts';
import { RetryConfig, Scheduled } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'Scheduler', index: 15, module: 'pallet_scheduler' } as const;
export const storage = storageOf('Scheduler');
export const IncompleteSince = storage.optionalValue('IncompleteSince', u32);
export const Agenda = storage.map('Agenda', twox64Concat(u32), boundedVec(option(Scheduled)), []);
export const Retries = storage.optionalMap('Retries', blake2Concat(tuple(u32, u32)), RetryConfig);
export const Lookup = storage.optionalMap('Lookup', twox64Concat(fixedBytes(32)), tuple(u32, u32));
export const events = defineEvents(palletInfo, {
  Scheduled: { when: u32, index: u32 },
  Canceled: { when: u32, index: u32 },
  Dispatched: { task: tuple(u32, u32), id: option(fixedBytes(32)), result: result(unit, DispatchErrorType) },
  RetrySet: { task: tuple(u32, u32), id: option(fixedBytes(32)), period: u32, retries: u8 },
  RetryCancelled: { task: tuple(u32, u32), id: option(fixedBytes(32)) },
  CallUnavailable: { task: tuple(u32, u32), id: option(fixedBytes(32)) },
  PeriodicFailed: { task: tuple(u32, u32), id: option(fixedBytes(32)) },
  RetryFailed: { task: tuple(u32, u32), id: option(fixedBytes(32)) },
  PermanentlyOverweight: { task: tuple(u32, u32), id: option(fixedBytes(32)) },
  AgendaIncomplete: { when: u32 },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'FailedToSchedule',
  'NotFound',
  'TargetBlockNumberInPast',
  'RescheduleNoChange',
  'Named',
]);
export const constants = {
  MaximumWeight: constant(WeightType, { ref_time: 3_200_000_000_000n, proof_size: 14_757_395_258_967_641_292n }),
  MaxScheduledPerBlock: constant(u32, 50),
};
