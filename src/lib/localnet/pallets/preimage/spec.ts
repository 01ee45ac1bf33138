// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { identity, storageOf } from '../../frame/storage.ts';
import { boundedBytes, tuple } from '../../scale/compound.ts';
import { u32 } from '../../scale/primitives.ts';
import { H256 } from '../../scale/well-known.ts';
import { OldRequestStatus, RequestStatus } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'Preimage', index: 14, module: 'pallet_preimage' } as const;
export const storage = storageOf('Preimage');
export const StatusFor = storage.optionalMap('StatusFor', identity(H256), OldRequestStatus);
export const RequestStatusFor = storage.optionalMap('RequestStatusFor', identity(H256), RequestStatus);
export const PreimageFor = storage.optionalMap('PreimageFor', identity(tuple(H256, u32)), boundedBytes());
export const events = defineEvents(palletInfo, {
  Noted: { hash: H256 },
  Requested: { hash: H256 },
  Cleared: { hash: H256 },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'TooBig',
  'AlreadyNoted',
  'NotAuthorized',
  'NotNoted',
  'Requested',
  'NotRequested',
  'TooMany',
  'TooFew',
]);
