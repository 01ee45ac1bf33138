import { Reader, ScaleError } from '../scale/io.ts';
import { encode, type Type, type ValueOf } from '../scale/type.ts';
import type { Ext } from './ext.ts';

type Inputs = Readonly<Record<string, unknown>>;
type ArgsOf<I> = { readonly [K in keyof I]: ValueOf<I[K]> };

/** One method of a runtime API: named inputs, an output, and what it does on a state. */
export interface ApiMethod {
  readonly inputs: readonly (readonly [string, Type<unknown>])[];
  readonly output: Type<unknown>;
  run(x: Ext, args: unknown): unknown;
}

/** A runtime API as `state_call` and metadata v15 and v16 know it. */
export interface RuntimeApi {
  readonly name: string;
  readonly version: number;
  readonly methods: Readonly<Record<string, ApiMethod>>;
}

export function apiMethod<const I extends Inputs, O>(
  inputs: I,
  output: Type<O>,
  run: (x: Ext, args: ArgsOf<I>) => O,
): ApiMethod {
  return {
    inputs: Object.entries(inputs) as (readonly [string, Type<unknown>])[],
    output: output as Type<unknown>,
    run: (x, args) => run(x, args as ArgsOf<I>),
  };
}

export const runtimeApi = (
  name: string,
  version: number,
  methods: Readonly<Record<string, ApiMethod>>,
): RuntimeApi => ({ name, version, methods });

/**
 * Calls `Name_method` with SCALE arguments on the state of `x`; nothing that it writes stays.
 * @throws ScaleError when the arguments do not decode. Returns undefined when there is no such method.
 */
export function callRuntimeApi(
  apis: readonly RuntimeApi[],
  x: Ext,
  call: string,
  input: Uint8Array,
): Uint8Array | undefined {
  for (const api of apis) {
    if (!call.startsWith(`${api.name}_`)) continue;
    const method = api.methods[call.slice(api.name.length + 1)];
    if (!method) continue;
    const reader = new Reader(input);
    const args: Record<string, unknown> = {};
    for (const [name, type] of method.inputs) args[name] = type.decode(reader);
    if (reader.left > 0) throw new ScaleError(`${reader.left} bytes too many for ${call}`);
    return encode(
      method.output,
      x.simulate(() => method.run(x, args)),
    );
  }
  return undefined;
}
