import type { Engine } from '../node/engine.ts';
import { type ParamSpec, type ParamsOf, readParams } from './params.ts';
import type { Session } from './session.ts';

/** What a method works with. */
export interface RpcContext {
  readonly engine: Engine;
  readonly session: Session;
}

/** One RPC method: reads its parameters, answers JSON. @throws RpcError */
export interface RpcMethod {
  /** Whether it needs a connection that stays: subscriptions do. */
  readonly subscribes: boolean;
  /** Whether it may verify a signature or make a block, for which the engine must be prepared. */
  readonly prepares?: boolean;
  call(params: unknown, context: RpcContext): unknown;
}

export type RpcMethods = Readonly<Record<string, RpcMethod>>;

/** Declares a method by its parameters in order and what it does with them. */
export function method<const S extends ParamSpec>(
  spec: S,
  run: (params: ParamsOf<S>, context: RpcContext) => unknown,
): RpcMethod {
  return { subscribes: false, call: (params, context) => run(readParams(spec, params), context) };
}

/** As `method`, for one that opens or ends a subscription. */
export function subscription<const S extends ParamSpec>(
  spec: S,
  run: (params: ParamsOf<S>, context: RpcContext) => unknown,
): RpcMethod {
  return { subscribes: true, call: (params, context) => run(readParams(spec, params), context) };
}

/** Methods that may verify signatures or make blocks. */
export function prepared(methods: RpcMethods): RpcMethods {
  return Object.fromEntries(Object.entries(methods).map(([name, one]) => [name, { ...one, prepares: true }]));
}

/** The same method under further names. */
export function aliases(methods: RpcMethods, names: Readonly<Record<string, string>>): RpcMethods {
  return Object.fromEntries(Object.entries(names).map(([alias, name]) => [alias, methods[name]!]));
}
