import { toHex } from '../scale/bytes.ts';
import { DispatchError } from './dispatch-error.ts';

/** The errors of a pallet by name, ready to be thrown: `throw errors.AmountTooLow`. */
export type Errors<N extends string> = { readonly [K in N]: DispatchError };

export interface ErrorSet<N extends string> {
  readonly names: readonly N[];
  readonly errors: Errors<N>;
}

/** Declares a pallet's errors; their indices are their places in the list. */
export function defineErrors<const N extends readonly string[]>(
  pallet: { readonly name: string; readonly index: number },
  names: N,
): ErrorSet<N[number]> {
  const errors = Object.fromEntries(
    names.map((name, index) => [
      name,
      new DispatchError(
        { type: 'Module', value: { index: pallet.index, error: toHex(Uint8Array.of(index, 0, 0, 0)) } },
        `${pallet.name}.${name}`,
      ),
    ]),
  );
  return { names, errors: errors as Errors<N[number]> };
}
