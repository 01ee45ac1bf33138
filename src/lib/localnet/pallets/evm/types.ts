// Types of the pallet that storage, events and calls carry.

import { array, enumeration, plainEnum, struct } from '../../scale/compound.ts';
import { u8, u64 } from '../../scale/primitives.ts';
import { newtype } from '../../scale/type.ts';
import { cowStr, H256 } from '../../scale/well-known.ts';

export const U256 = newtype('primitive_types::U256', array(u64, 4));
export const ExitSucceed = plainEnum('evm_core::error::ExitSucceed', ['Stopped', 'Returned', 'Suicided']);
export const Opcode = newtype('evm_core::opcode::Opcode', u8);
export const ExitError = enumeration(
  'evm_core::error::ExitError',
  {
    StackUnderflow: null,
    StackOverflow: null,
    InvalidJump: null,
    InvalidRange: null,
    DesignatedInvalid: null,
    CallTooDeep: null,
    CreateCollision: null,
    CreateContractLimit: null,
    InvalidCode: Opcode,
    OutOfOffset: null,
    OutOfGas: null,
    OutOfFund: null,
    PCUnderflow: null,
    CreateEmpty: null,
    Other: cowStr,
    MaxNonce: null,
  },
  {
    indices: {
      StackUnderflow: 0,
      StackOverflow: 1,
      InvalidJump: 2,
      InvalidRange: 3,
      DesignatedInvalid: 4,
      CallTooDeep: 5,
      CreateCollision: 6,
      CreateContractLimit: 7,
      InvalidCode: 15,
      OutOfOffset: 8,
      OutOfGas: 9,
      OutOfFund: 10,
      PCUnderflow: 11,
      CreateEmpty: 12,
      Other: 13,
      MaxNonce: 14,
    },
  },
);
export const ExitRevert = plainEnum('evm_core::error::ExitRevert', ['Reverted']);
export const ExitFatal = enumeration('evm_core::error::ExitFatal', {
  NotSupported: null,
  UnhandledInterrupt: null,
  CallErrorAsFatal: ExitError,
  Other: cowStr,
});
export const ExitReason = enumeration('evm_core::error::ExitReason', {
  Succeed: ExitSucceed,
  Error: ExitError,
  Revert: ExitRevert,
  Fatal: ExitFatal,
});
export const CodeMetadata = struct('pallet_evm::CodeMetadata', { size: u64, hash: H256 });
