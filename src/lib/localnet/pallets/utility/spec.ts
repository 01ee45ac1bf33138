// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { DispatchErrorType } from '../../frame/dispatch-error.ts';
import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { constant } from '../../frame/pallet.ts';
import { result } from '../../scale/compound.ts';
import { u32, unit } from '../../scale/primitives.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = {
  name: 'Utility',
  index: 11,
  module: 'pallet_subtensor_utility',
  eventGenerics: [],
} as const;
export const events = defineEvents(palletInfo, {
  BatchInterrupted: { index: u32, error: DispatchErrorType },
  BatchCompleted: null,
  BatchCompletedWithErrors: null,
  ItemCompleted: null,
  ItemFailed: { error: DispatchErrorType },
  DispatchedAs: { result: result(unit, DispatchErrorType) },
  IfElseMainSuccess: null,
  IfElseFallbackCalled: { main_error: DispatchErrorType },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, ['TooManyCalls', 'InvalidDerivedAccount']);
export const constants = {
  batched_calls_limit: constant(u32, 10922),
};
