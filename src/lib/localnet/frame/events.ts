import {
  type EnumOf,
  enumFromCodecs,
  type VariantCodec,
  type VariantContent,
  variantCodec,
} from '../scale/compound.ts';
import { type Type, written } from '../scale/type.ts';
import type { Ext } from './ext.ts';
import { genericsOf, type PalletInfo, palletPath } from './pallet.ts';

type Contents = Readonly<Record<string, unknown>>;
type ValueArgs<V, K extends keyof V & string> = Extract<EnumOf<V>, { readonly type: K }>['value'];

/** A pallet's events: the metadata enum and `deposit`, which puts one into the block. */
export interface EventSet<V extends Contents> {
  readonly type: Type<EnumOf<V>>;
  readonly codecs: readonly VariantCodec[];
  /** Deposits `name` with its content in the current phase. Content: undefined, the value, a tuple, or an object, as declared. */
  deposit<K extends keyof V & string>(
    x: Ext,
    name: K,
    ...value: ValueArgs<V, K> extends undefined ? [] : [value: ValueArgs<V, K>]
  ): void;
}

/** Declares a pallet's events. Their indices count on from 0, or from the one that is given. */
export function defineEvents<const V extends Contents>(
  pallet: PalletInfo,
  variants: V,
  indices: Partial<Record<keyof V & string, number>> = {},
): EventSet<V> {
  let next = 0;
  const codecs = Object.entries(variants).map(([name, content]) => {
    const index = indices[name] ?? next;
    next = index + 1;
    return variantCodec(name, index, content as VariantContent);
  });
  const byName = new Map(codecs.map((codec) => [codec.name, codec]));
  return {
    type: enumFromCodecs<EnumOf<V>>(
      palletPath(pallet, 'Event'),
      codecs,
      genericsOf({ ...pallet, generics: pallet.eventGenerics ?? pallet.generics ?? ['T'] }),
    ),
    codecs,
    deposit(x, name, ...value) {
      const codec = byName.get(name)!;
      const bytes = written((out) => {
        out.u8(pallet.index);
        out.u8(codec.index);
        codec.encode(out, value[0]);
      });
      x.events.push({ phase: x.phase, bytes });
    },
  };
}
