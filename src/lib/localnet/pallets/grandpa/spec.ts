// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { constant } from '../../frame/pallet.ts';
import { storageOf, twox64Concat } from '../../frame/storage.ts';
import { tuple, vec, weakBoundedVec } from '../../scale/compound.ts';
import { u32, u64 } from '../../scale/primitives.ts';
import { GrandpaPublic, StoredPendingChange, StoredState } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'Grandpa', index: 4, module: 'pallet_grandpa', eventGenerics: [] } as const;
export const storage = storageOf('Grandpa');
export const State = storage.value('State', StoredState, { type: 'Live' });
export const PendingChange = storage.optionalValue('PendingChange', StoredPendingChange);
export const NextForced = storage.optionalValue('NextForced', u32);
export const Stalled = storage.optionalValue('Stalled', tuple(u32, u32));
export const CurrentSetId = storage.value('CurrentSetId', u64, 0n);
export const SetIdSession = storage.optionalMap('SetIdSession', twox64Concat(u64), u32);
export const Authorities = storage.value('Authorities', weakBoundedVec(tuple(GrandpaPublic, u64)), []);
export const events = defineEvents(palletInfo, {
  NewAuthorities: { authority_set: vec(tuple(GrandpaPublic, u64)) },
  Paused: null,
  Resumed: null,
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'PauseFailed',
  'ResumeFailed',
  'ChangePending',
  'TooSoon',
  'InvalidKeyOwnershipProof',
  'InvalidEquivocationProof',
  'DuplicateOffenceReport',
]);
export const constants = {
  MaxAuthorities: constant(u32, 32),
  MaxNominators: constant(u32, 20),
  MaxSetIdSessionEntries: constant(u64, 0n),
};
