import type { Writer } from '../scale/io.ts';
import type { Type } from '../scale/type.ts';
import type { DispatchError } from './dispatch-error.ts';
import type { Era } from './era.ts';
import type { Ext } from './ext.ts';
import type { Origin } from './origin.ts';
import type { RuntimeCallValue } from './runtime-handle.ts';
import type { TransactionSource, ValidTransaction } from './transaction-validity.ts';
import type { DispatchInfo, PostInfo } from './weight.ts';

/** What a signed extrinsic carries beside its call: the values of the extensions that have one. */
export interface SignedExtra {
  readonly era: Era;
  readonly nonce: number;
  /** Rao. */
  readonly tip: bigint;
  readonly metadataHash: 'Disabled' | 'Enabled';
}

/** What an extension sees of the transaction. `length` is the encoded length in bytes, its prefix included. */
export interface ExtensionInput {
  readonly origin: Origin;
  readonly call: RuntimeCallValue;
  readonly info: DispatchInfo;
  readonly length: number;
  readonly extra: SignedExtra;
  readonly source: TransactionSource;
}

/**
 * One transaction extension: `validate` only reads, `prepare` writes before dispatch, `postDispatch` settles afterwards.
 * All of them throw TransactionValidityError. A value made by `validate` comes back in `prepare`, one made by `prepare` in `postDispatch`.
 */
export interface TransactionExtension<Val = unknown, Pre = unknown> {
  readonly identifier: string;
  /** Metadata: what the extension puts into the extrinsic. */
  readonly type: Type<unknown>;
  /** Metadata: what it adds to the signed payload only. */
  readonly additionalSigned: Type<unknown>;
  /** Writes what it adds to the signed payload. */
  implicit?(x: Ext, extra: SignedExtra, out: Writer): void;
  validate?(x: Ext, input: ExtensionInput): { readonly validity?: Partial<ValidTransaction>; readonly val?: Val };
  prepare?(x: Ext, input: ExtensionInput, val: Val): Pre;
  postDispatch?(x: Ext, input: ExtensionInput, pre: Pre, postInfo: PostInfo, error: DispatchError | undefined): void;
  /** For bare extrinsics, which have no origin and no extra. */
  bareValidateAndPrepare?(x: Ext, info: DispatchInfo, length: number): void;
  bareValidate?(x: Ext, info: DispatchInfo, length: number): void;
  barePostDispatch?(x: Ext, info: DispatchInfo, postInfo: PostInfo): void;
}
