import type { Engine } from '../node/engine.ts';
import { archiveMethods } from './archive.ts';
import { authorMethods } from './author.ts';
import { chainMethods } from './chain.ts';
import { chainHeadMethods } from './chain-head.ts';
import { chainSpecMethods } from './chain-spec.ts';
import { childstateMethods } from './childstate.ts';
import { devMethods } from './dev.ts';
import { engineMethods } from './engine.ts';
import { method, type RpcMethod, type RpcMethods } from './method.ts';
import { offchainMethods } from './offchain.ts';
import { paymentMethods } from './payment.ts';
import { stateMethods } from './state.ts';
import { subtensorMethods } from './subtensor.ts';
import { systemMethods } from './system.ts';
import { transactionMethods } from './transaction.ts';
import { transactionWatchMethods } from './transaction-watch.ts';

export interface RpcTableOptions {
  /** Version of this program, for `system_version`. */
  readonly version: string;
  /** Whether the `dev_` methods are served: they let whoever reaches the node rewrite the chain. */
  readonly dev: boolean;
  /** Where a person started the node: who may end it, and where it listens. Served with the `dev_` methods. */
  readonly host?: HostControl | undefined;
}

export interface HostControl {
  /** Ends the node soon after it returned. */
  stop(): void;
  /** Addresses at which the node listens. */
  endpoints(): readonly string[];
}

/** All methods of a node by name. */
export type RpcTable = ReadonlyMap<string, RpcMethod>;

export function createRpcTable(engine: Engine, { version, dev, host }: RpcTableOptions): RpcTable {
  const all: RpcMethods = {
    ...authorMethods,
    ...chainMethods,
    ...stateMethods,
    ...childstateMethods,
    ...systemMethods(version),
    ...paymentMethods,
    ...offchainMethods,
    ...engineMethods,
    ...chainSpecMethods,
    ...chainHeadMethods,
    ...transactionMethods,
    ...transactionWatchMethods,
    ...archiveMethods,
    ...subtensorMethods(engine.runtime),
    ...(dev ? devMethods : {}),
    ...(dev && host ? hostMethods(host) : {}),
  };
  const table = new Map(Object.entries(all));
  const names = [...table.keys(), 'rpc_methods'].sort();
  table.set(
    'rpc_methods',
    method({}, () => ({ methods: names })),
  );
  return table;
}

function hostMethods(host: HostControl): RpcMethods {
  return {
    dev_stop: method({}, () => {
      host.stop();
      return null;
    }),
    dev_endpoints: method({}, () => host.endpoints()),
  };
}
