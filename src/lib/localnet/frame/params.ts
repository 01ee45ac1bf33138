/** What the chain decides at build time: `fast` stands for its `fast-runtime` feature. Constants and defaults are functions of it. */
export interface Params {
  readonly fast: boolean;
}

/** A value that may differ between the normal and the fast runtime. */
export type ByParams<T> = T | ((params: Params) => T);

export function byParams<T>(value: ByParams<T>, params: Params): T {
  return typeof value === 'function' ? (value as (params: Params) => T)(params) : value;
}
