import type { VariantCodec } from '../scale/compound.ts';
import { variantCodec } from '../scale/compound.ts';
import type { Type, ValueOf } from '../scale/type.ts';
import type { Ext } from './ext.ts';
import type { Origin } from './origin.ts';
import type { ByParams } from './params.ts';
import type { StorageItem } from './storage.ts';
import type { TransactionSource, ValidTransaction } from './transaction-validity.ts';
import type { DispatchInfo, PostInfo, Weight } from './weight.ts';

type Args = Readonly<Record<string, unknown>>;
export type ArgsOf<A> = { readonly [K in keyof A]: ValueOf<A[K]> };

/** A call ready for dispatch and for metadata. */
export interface CallDef {
  readonly index: number;
  readonly codec: (name: string) => VariantCodec;
  info(args: unknown): DispatchInfo;
  /** @throws DispatchError or DispatchErrorWithPostInfo */
  run(x: Ext, origin: Origin, args: unknown): PostInfo | undefined;
}

/**
 * Declares a call: index, arguments in order with their types, what it costs, and what it does.
 * The body runs inside a storage layer: throwing a DispatchError undoes its writes and events.
 */
export function call<const A extends Args>(
  index: number,
  args: A,
  info: DispatchInfo | ((args: ArgsOf<A>) => DispatchInfo),
  // biome-ignore lint/suspicious/noConfusingVoidType: most bodies return nothing, and need not say so
  run: (x: Ext, origin: Origin, args: ArgsOf<A>) => PostInfo | undefined | void,
  typeNames?: Readonly<Partial<Record<keyof A & string, string>>>,
): CallDef {
  return {
    index,
    codec: (name) => {
      const content = args as Readonly<Record<string, Type<unknown>>>;
      return variantCodec(name, index, content, typeNames as Readonly<Record<string, string>> | undefined);
    },
    info: (values) => (typeof info === 'function' ? info(values as ArgsOf<A>) : info),
    run: (x, origin, values) => run(x, origin, values as ArgsOf<A>) ?? undefined,
  };
}

export interface ConstantDef {
  readonly type: Type<unknown>;
  readonly value: ByParams<unknown>;
}
export const constant = <T>(type: Type<T>, value: ByParams<T>): ConstantDef => ({ type: type as Type<unknown>, value });

/** Hooks in FRAME's sense. Weights are what the hook reports, not what it took. */
export interface Hooks {
  onInitialize?(x: Ext, block: number): Weight;
  onIdle?(x: Ext, block: number, remaining: Weight): Weight;
  onFinalize?(x: Ext, block: number): void;
}

/** Who a pallet is in the runtime. */
export interface PalletInfo {
  readonly name: string;
  readonly index: number;
  /** What stands before `::pallet::Call` in metadata paths: `pallet_balances`. */
  readonly module: string;
  /** Type parameters of its calls, errors and events in metadata; `T` unless given. */
  readonly generics?: readonly string[];
  /** Those of its events where they are others. */
  readonly eventGenerics?: readonly string[];
}

/** How metadata calls a pallet's enum of calls, events or errors. */
export const palletPath = ({ module }: PalletInfo, name: string): readonly string[] =>
  `${module}::pallet::${name}`.split('::');

/** The type parameters of a pallet's enum of calls or errors. */
export const genericsOf = ({ generics }: PalletInfo): readonly { readonly name: string }[] =>
  (generics ?? ['T']).map((name) => ({ name }));

/** A pallet declared once: codecs, dispatch, error indices and metadata derive from this. */
export interface Pallet extends PalletInfo {
  readonly storage?: readonly StorageItem[];
  readonly calls?: Readonly<Record<string, CallDef>>;
  readonly events?: { readonly type: Type<unknown>; readonly codecs: readonly VariantCodec[] };
  readonly errors?: { readonly names: readonly string[] };
  readonly constants?: Readonly<Record<string, ConstantDef>>;
  readonly hooks?: Hooks;
  /** Whether a call (by name) is an inherent: made by the block's author, bare, and first in the block. */
  isInherent?(call: string): boolean;
  /** `ValidateUnsigned`: what makes a bare transaction valid. Absent: none is. @throws TransactionValidityError */
  validateUnsigned?(
    x: Ext,
    source: TransactionSource,
    call: { readonly type: string; readonly value?: unknown },
  ): ValidTransaction;
  /** `ValidateUnsigned::pre_dispatch`; absent: the same checks as `validateUnsigned`. @throws TransactionValidityError */
  preDispatchUnsigned?(x: Ext, call: { readonly type: string; readonly value?: unknown }): void;
}

/** Checks what a declaration must hold, so that a slip fails at start-up. */
export function pallet<const P extends Pallet>(declaration: P): P {
  const indices = new Set<number>();
  for (const [name, definition] of Object.entries(declaration.calls ?? {})) {
    if (indices.has(definition.index))
      throw new Error(`${declaration.name}.${name}: call index ${definition.index} is taken`);
    indices.add(definition.index);
  }
  return declaration;
}
