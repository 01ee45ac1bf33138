// What the pallet declares in spec 425: who it is, storage, events, errors, constants.

import { DispatchErrorType } from '../../frame/dispatch-error.ts';
import { defineErrors } from '../../frame/errors.ts';
import { defineEvents } from '../../frame/events.ts';
import { constant } from '../../frame/pallet.ts';
import { blake2Concat, storageOf, twox64Concat } from '../../frame/storage.ts';
import { result } from '../../scale/compound.ts';
import { fixedBytes, u32, u64, unit } from '../../scale/primitives.ts';
import { AccountId32 } from '../../scale/well-known.ts';
import { Multisig, Timepoint } from './types.ts';

/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'Multisig', index: 13, module: 'pallet_multisig' } as const;
export const storage = storageOf('Multisig');
export const Multisigs = storage.optionalDoubleMap(
  'Multisigs',
  twox64Concat(AccountId32),
  blake2Concat(fixedBytes(32)),
  Multisig,
);
export const events = defineEvents(palletInfo, {
  NewMultisig: { approving: AccountId32, multisig: AccountId32, call_hash: fixedBytes(32) },
  MultisigApproval: { approving: AccountId32, timepoint: Timepoint, multisig: AccountId32, call_hash: fixedBytes(32) },
  MultisigExecuted: {
    approving: AccountId32,
    timepoint: Timepoint,
    multisig: AccountId32,
    call_hash: fixedBytes(32),
    result: result(unit, DispatchErrorType),
  },
  MultisigCancelled: {
    cancelling: AccountId32,
    timepoint: Timepoint,
    multisig: AccountId32,
    call_hash: fixedBytes(32),
  },
  DepositPoked: { who: AccountId32, call_hash: fixedBytes(32), old_deposit: u64, new_deposit: u64 },
});
export const { errors, names: errorNames } = defineErrors(palletInfo, [
  'MinimumThreshold',
  'AlreadyApproved',
  'NoApprovalsNeeded',
  'TooFewSignatories',
  'TooManySignatories',
  'SignatoriesOutOfOrder',
  'SenderInSignatories',
  'NotFound',
  'NotOwner',
  'NoTimepoint',
  'WrongTimepoint',
  'UnexpectedTimepoint',
  'MaxWeightTooLow',
  'AlreadyStored',
]);
export const constants = {
  DepositBase: constant(u64, 132_000_000n),
  DepositFactor: constant(u64, 32_000_000n),
  MaxSignatories: constant(u32, 100),
};
