import { enumFromCodecs, variantCodec } from '../scale/compound.ts';
import { makeType, type Type } from '../scale/type.ts';
import { genericsOf, type Pallet, palletPath } from './pallet.ts';
import type { RuntimeCallValue } from './runtime-handle.ts';

const made = new WeakMap<Pallet, { call?: Type<unknown>; error?: Type<unknown> }>();

function slotOf(pallet: Pallet): { call?: Type<unknown>; error?: Type<unknown> } {
  let slot = made.get(pallet);
  if (!slot) {
    slot = {};
    made.set(pallet, slot);
  }
  return slot;
}

/** The enum of a pallet's calls, undefined for a pallet without calls. */
export function callTypeOf(pallet: Pallet): Type<unknown> | undefined {
  const calls = Object.entries(pallet.calls ?? {});
  if (calls.length === 0) return undefined;
  const slot = slotOf(pallet);
  slot.call ??= enumFromCodecs<unknown>(
    palletPath(pallet, 'Call'),
    calls.sort(([, a], [, b]) => a.index - b.index).map(([name, definition]) => definition.codec(name)),
    genericsOf(pallet),
  );
  return slot.call;
}

/** The enum of a pallet's errors, for metadata only. */
export function errorTypeOf(pallet: Pallet): Type<unknown> | undefined {
  const names = pallet.errors?.names;
  if (!names || names.length === 0) return undefined;
  const slot = slotOf(pallet);
  slot.error ??= enumFromCodecs<unknown>(
    palletPath(pallet, 'Error'),
    names.map((name, index) => variantCodec(name, index, null)),
    genericsOf(pallet),
  );
  return slot.error;
}

function outer(name: string, members: readonly (readonly [Pallet, Type<unknown> | undefined])[]): Type<unknown> {
  const variants = members.flatMap(([pallet, type]) => (type ? [variantCodec(pallet.name, pallet.index, type)] : []));
  return enumFromCodecs<unknown>(['node_subtensor_runtime', name], variants);
}

/** `RuntimeCall` of a set of pallets: `{type: 'Pallet', value: {type: 'call', value: args}}`. */
export function runtimeCallType(pallets: readonly Pallet[]): Type<RuntimeCallValue> {
  return outer(
    'RuntimeCall',
    pallets.map((pallet) => [pallet, callTypeOf(pallet)]),
  ) as Type<RuntimeCallValue>;
}

/** `RuntimeEvent` of a set of pallets. */
export function runtimeEventType(pallets: readonly Pallet[]): Type<RuntimeCallValue> {
  return outer(
    'RuntimeEvent',
    pallets.map((pallet) => [pallet, pallet.events?.type]),
  ) as Type<RuntimeCallValue>;
}

/** `RuntimeError` of a set of pallets, for metadata only. */
export function runtimeErrorType(pallets: readonly Pallet[]): Type<unknown> {
  return outer(
    'RuntimeError',
    pallets.map((pallet) => [pallet, errorTypeOf(pallet)]),
  );
}

const noValue = (): never => {
  throw new Error('the Runtime type has no values');
};

/** The empty `Runtime` type that metadata names. */
export const RuntimeType: Type<unknown> = makeType<unknown>(noValue, noValue, {
  path: ['node_subtensor_runtime', 'Runtime'],
  params: [],
  definition: { kind: 'composite', fields: [] },
});
