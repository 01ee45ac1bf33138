import { enumeration, result, struct, vec } from '../scale/compound.ts';
import { bool, bytes, u8, u64 } from '../scale/primitives.ts';
import { encode, type ValueOf } from '../scale/type.ts';

const InvalidTransactionType = enumeration('sp_runtime::transaction_validity::InvalidTransaction', {
  Call: null,
  Payment: null,
  Future: null,
  Stale: null,
  BadProof: null,
  AncientBirthBlock: null,
  ExhaustsResources: null,
  Custom: u8,
  BadMandatory: null,
  MandatoryValidation: null,
  BadSigner: null,
  IndeterminateImplicit: null,
  UnknownOrigin: null,
});
const UnknownTransactionType = enumeration('sp_runtime::transaction_validity::UnknownTransaction', {
  CannotLookup: null,
  NoUnsignedValidator: null,
  Custom: u8,
});

/** `TransactionValidityError` as runtime APIs answer it. */
export const TransactionValidityErrorType = enumeration('sp_runtime::transaction_validity::TransactionValidityError', {
  Invalid: InvalidTransactionType,
  Unknown: UnknownTransactionType,
});
export type TransactionValidityErrorValue = ValueOf<typeof TransactionValidityErrorType>;

/** `ValidTransaction`: what a pool needs to order a transaction. Tags are opaque bytes; priority and longevity are u64. */
const ValidTransactionType = struct('sp_runtime::transaction_validity::ValidTransaction', {
  priority: u64,
  requires: vec(bytes),
  provides: vec(bytes),
  longevity: u64,
  propagate: bool,
});
export type ValidTransaction = ValueOf<typeof ValidTransactionType>;
export const TransactionValidityType = result(ValidTransactionType, TransactionValidityErrorType);

export type TransactionSource = 'InBlock' | 'Local' | 'External';

/** Thrown where the chain refuses a transaction before it is dispatched: it does not enter a block. */
export class TransactionValidityError extends Error {
  override readonly name = 'TransactionValidityError';
  readonly value: TransactionValidityErrorValue;

  constructor(value: TransactionValidityErrorValue) {
    const reason = value.value;
    const code = reason.type === 'Custom' ? `(${reason.value})` : '';
    super(`${value.type}Transaction.${reason.type}${code}`);
    this.value = value;
  }

  /** SCALE bytes of the error value. */
  encoded(): Uint8Array {
    return encode(TransactionValidityErrorType, this.value);
  }

  /** Whether the transaction is fine but does not fit the block any more. */
  get exhaustsResources(): boolean {
    return this.value.type === 'Invalid' && this.value.value.type === 'ExhaustsResources';
  }
}

type PlainInvalid = Exclude<ValueOf<typeof InvalidTransactionType>['type'], 'Custom'>;
type PlainUnknown = Exclude<ValueOf<typeof UnknownTransactionType>['type'], 'Custom'>;

export const invalid = (reason: PlainInvalid): TransactionValidityError =>
  new TransactionValidityError({ type: 'Invalid', value: { type: reason } });
export const invalidCustom = (code: number): TransactionValidityError =>
  new TransactionValidityError({ type: 'Invalid', value: { type: 'Custom', value: code } });
export const unknownTransaction = (reason: PlainUnknown): TransactionValidityError =>
  new TransactionValidityError({ type: 'Unknown', value: { type: reason } });

/**
 * `validateUnsigned` of a pallet that could take a bare transaction, but none of those calls that are here. Unlike a pallet
 * without it, whose bare calls a block may hold. @throws TransactionValidityError Call
 */
export function refuseUnsigned(): never {
  throw invalid('Call');
}

const U64_MAX = 0xffff_ffff_ffff_ffffn;

export const DEFAULT_VALIDITY: ValidTransaction = {
  priority: 0n,
  requires: [],
  provides: [],
  longevity: U64_MAX,
  propagate: true,
};

/** `ValidTransaction::combine_with`: priorities add up (saturating), tags are joined, the shorter life counts. */
export function combineValidity(a: ValidTransaction, b: Partial<ValidTransaction>): ValidTransaction {
  const priority = a.priority + (b.priority ?? 0n);
  const longevity = b.longevity ?? U64_MAX;
  return {
    priority: priority > U64_MAX ? U64_MAX : priority,
    requires: [...a.requires, ...(b.requires ?? [])],
    provides: [...a.provides, ...(b.provides ?? [])],
    longevity: a.longevity < longevity ? a.longevity : longevity,
    propagate: a.propagate && (b.propagate ?? true),
  };
}
