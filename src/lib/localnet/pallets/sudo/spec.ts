// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { DispatchErrorType } from '../../frame/dispatch-error.ts';
import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { storageOf } from '../../frame/storage.ts';
import { option, result } from '../../scale/compound.ts';
import { unit } from '../../scale/primitives.ts';
import { AccountId32 } from '../../scale/well-known.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'Sudo', index: 12, module: 'pallet_sudo' } as const;
export const storage = storageOf('Sudo');
export const Key = storage.optionalValue('Key', AccountId32);
export const events = defineEvents(palletInfo, {
  Sudid: { sudo_result: result(unit, DispatchErrorType) },
  KeyChanged: { old: option(AccountId32), new: AccountId32 },
  KeyRemoved: null,
  SudoAsDone: { sudo_result: result(unit, DispatchErrorType) },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, ['RequireSudo']);
