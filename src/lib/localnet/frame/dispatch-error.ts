import { enumeration, plainEnum, struct } from '../scale/compound.ts';
import { fixedBytes, u8 } from '../scale/primitives.ts';
import type { ValueOf } from '../scale/type.ts';
import type { PostInfo } from './weight.ts';

const ModuleErrorType = struct('sp_runtime::ModuleError', { index: u8, error: fixedBytes(4) });

export const TokenErrorType = plainEnum('sp_runtime::TokenError', [
  'FundsUnavailable',
  'OnlyProvider',
  'BelowMinimum',
  'CannotCreate',
  'UnknownAsset',
  'Frozen',
  'Unsupported',
  'CannotCreateHold',
  'NotExpendable',
  'Blocked',
]);
export const ArithmeticErrorType = plainEnum('sp_arithmetic::ArithmeticError', [
  'Underflow',
  'Overflow',
  'DivisionByZero',
]);
const TransactionalErrorType = plainEnum('sp_runtime::TransactionalError', ['LimitReached', 'NoLayer']);
const TrieErrorType = plainEnum('sp_runtime::proving_trie::TrieError', [
  'InvalidStateRoot',
  'IncompleteDatabase',
  'ValueAtIncompleteKey',
  'DecoderError',
  'InvalidHash',
  'DuplicateKey',
  'ExtraneousNode',
  'ExtraneousValue',
  'ExtraneousHashReference',
  'InvalidChildReference',
  'ValueMismatch',
  'IncompleteProof',
  'RootMismatch',
  'DecodeError',
]);

/** `sp_runtime::DispatchError` as events and results carry it. */
export const DispatchErrorType = enumeration('sp_runtime::DispatchError', {
  Other: null,
  CannotLookup: null,
  BadOrigin: null,
  Module: ModuleErrorType,
  ConsumerRemaining: null,
  NoProviders: null,
  TooManyConsumers: null,
  Token: TokenErrorType,
  Arithmetic: ArithmeticErrorType,
  Transactional: TransactionalErrorType,
  Exhausted: null,
  Corruption: null,
  Unavailable: null,
  RootNotAllowed: null,
  Trie: TrieErrorType,
});
export type DispatchErrorValue = ValueOf<typeof DispatchErrorType>;

/**
 * Thrown where the chain returns `Err(DispatchError)`. Instances are made once and thrown many times, so they carry no useful stack.
 * `label` is for people: `SubtensorModule.AmountTooLow`, `Token.FundsUnavailable`, `BadOrigin`.
 */
export class DispatchError extends Error {
  override readonly name = 'DispatchError';
  readonly value: DispatchErrorValue;
  readonly label: string;

  constructor(value: DispatchErrorValue, label: string) {
    super(label);
    this.value = value;
    this.label = label;
  }
}

/** `Err(DispatchErrorWithPostInfo)`: the error together with what the failed call has cost. */
export class DispatchErrorWithPostInfo extends Error {
  override readonly name = 'DispatchErrorWithPostInfo';
  readonly error: DispatchError;
  readonly postInfo: PostInfo;

  constructor(error: DispatchError, postInfo: PostInfo) {
    super(error.label);
    this.error = error;
    this.postInfo = postInfo;
  }
}

/** The dispatch error of whatever a dispatch threw, or undefined when it is a fault of ours. */
export function asDispatchError(thrown: unknown): DispatchError | undefined {
  if (thrown instanceof DispatchError) return thrown;
  return thrown instanceof DispatchErrorWithPostInfo ? thrown.error : undefined;
}

const plain = (
  type:
    | 'Other'
    | 'CannotLookup'
    | 'BadOrigin'
    | 'ConsumerRemaining'
    | 'NoProviders'
    | 'TooManyConsumers'
    | 'Exhausted'
    | 'Corruption'
    | 'Unavailable'
    | 'RootNotAllowed',
) => new DispatchError({ type } as DispatchErrorValue, type);

export const CannotLookup = plain('CannotLookup');
export const BadOrigin = plain('BadOrigin');
export const ConsumerRemaining = plain('ConsumerRemaining');
export const NoProviders = plain('NoProviders');
export const TooManyConsumers = plain('TooManyConsumers');
export const Exhausted = plain('Exhausted');
export const Unavailable = plain('Unavailable');
export const Corruption = plain('Corruption');

const token = (value: ValueOf<typeof TokenErrorType>) => new DispatchError({ type: 'Token', value }, `Token.${value}`);
export const TokenError = {
  FundsUnavailable: token('FundsUnavailable'),
  OnlyProvider: token('OnlyProvider'),
  BelowMinimum: token('BelowMinimum'),
  CannotCreate: token('CannotCreate'),
  CannotCreateHold: token('CannotCreateHold'),
  Frozen: token('Frozen'),
  Unsupported: token('Unsupported'),
  NotExpendable: token('NotExpendable'),
  Blocked: token('Blocked'),
} as const;

const arithmetic = (value: ValueOf<typeof ArithmeticErrorType>) =>
  new DispatchError({ type: 'Arithmetic', value }, `Arithmetic.${value}`);
export const ArithmeticError = {
  Underflow: arithmetic('Underflow'),
  Overflow: arithmetic('Overflow'),
  DivisionByZero: arithmetic('DivisionByZero'),
} as const;
