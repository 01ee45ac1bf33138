import type { Ext } from '../../../frame/ext.ts';
import { compactNumber, u16 } from '../../../scale/primitives.ts';
import type { Type } from '../../../scale/type.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { Keys } from '../storage.ts';
import { stakeColumns, uidsOf } from './show-subnet.ts';

/** A subnet being described; what is costly is computed once, when a field asks for it. */
export class SubnetView {
  readonly x: Ext;
  readonly netuid: number;
  #hotkeys: readonly AccountId[] | undefined;
  #stake: ReturnType<typeof stakeColumns> | undefined;

  constructor(x: Ext, netuid: number) {
    this.x = x;
    this.netuid = netuid;
  }

  /** Hotkey per uid. */
  get hotkeys(): readonly AccountId[] {
    this.#hotkeys ??= uidsOf(this.x, this.netuid).map((uid) => Keys.get(this.x, this.netuid, uid));
    return this.#hotkeys;
  }

  /** Stake weights per uid in rao. */
  get stake(): ReturnType<typeof stakeColumns> {
    this.#stake ??= stakeColumns(this.x, this.netuid);
    return this.#stake;
  }
}

/** One field of a description: its type on the wire and where its value comes from. */
export interface ViewField<T> {
  readonly type: Type<T>;
  read(view: SubnetView): T;
}
type ViewFields = Readonly<Record<string, ViewField<unknown>>>;
type TypesOf<F> = { readonly [K in keyof F]: F[K] extends ViewField<infer T> ? Type<T> : never };
type ValuesOf<F> = { readonly [K in keyof F]: F[K] extends ViewField<infer T> ? T : never };

export const field = <T>(type: Type<T>, read: (view: SubnetView) => T): ViewField<T> => ({ type, read });

/** A field that a storage map by netuid holds. */
export const stored = <T>(type: Type<T>, map: { get(x: Ext, netuid: number): T }): ViewField<T> =>
  field(type, ({ x, netuid }) => map.get(x, netuid));

/** Most that one weight may be: the chain fixes it, and no longer reads `MaxWeightsLimit`. Source: utils/misc.rs. */
export const maxWeightsLimit = field(compactNumber(u16), () => 0xffff);

/** The types of the fields, for a struct. */
export const typesOf = <const F extends object>(fields: F): TypesOf<F> =>
  Object.fromEntries(Object.entries(fields as ViewFields).map(([name, { type }]) => [name, type])) as TypesOf<F>;

/** The values of the fields. */
export const readFields = <const F extends object>(fields: F, view: SubnetView): ValuesOf<F> =>
  Object.fromEntries(Object.entries(fields as ViewFields).map(([name, { read }]) => [name, read(view)])) as ValuesOf<F>;
