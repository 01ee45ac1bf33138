// The public door of the bundled chain. Everything else in this folder is its own business.
export { Engine } from './node/engine.ts';
export { NodeError, type NodeErrorCode } from './node/node-error.ts';
export {
  type ChainSource,
  chainParameters,
  DEFAULT_GENESIS_TIME,
  type OpenEngineOptions,
  openEngine,
  type Preset,
} from './node/open-engine.ts';
export { playgroundGenesis, presetSource } from './node/presets.ts';
export type { Sealing } from './node/sealing.ts';
export { type Attached, acquire, findOwner, type Owned, type Owner } from './node/store/lock.ts';
export { compressExport, decodeExport, encodeExport, equalExports, exportChain } from './node/store/snapshot.ts';
export { StoreError, type StoreErrorCode } from './node/store/store-error.ts';
export { type HostOptions, NodeHost } from './node-host.ts';
export { connectInProcess, type InProcessClient } from './rpc/in-process.ts';
export type { RpcServer } from './rpc/json-rpc.ts';
export { RpcError } from './rpc/rpc-error.ts';
export { createRpcTable } from './rpc/table.ts';
