// The door for use-cases that compute with the chain's own code, on states and numbers that they bring. Nothing here does I/O.
export { U64F64, U96F32 } from './fixed/fixed.ts';
export type { Ext } from './frame/ext.ts';
export type { StateReader } from './frame/state-reader.ts';
export { ForwardChain } from './node/forward-chain.ts';
export {
  blockEmissionForIssuance,
  nextHalvingIssuance,
  TOTAL_SUPPLY,
} from './pallets/subtensor/coinbase/block-emission.ts';
export {
  type ChainEmission,
  type CoinbaseTerms,
  readCoinbaseTerms,
  readEmission,
  type SubnetEmission,
} from './pallets/subtensor/coinbase/read-emission.ts';
export {
  type EpochResults,
  type RebuiltEpoch,
  readEpochResults,
  rebuildEpoch,
} from './pallets/subtensor/coinbase/rebuild-epoch.ts';
export type { EpochInput, EpochOutput, EpochTrace } from './pallets/subtensor/epoch/epoch-types.ts';
export {
  DEFAULT_YUMA_PARAMETERS,
  type SimulationStep,
  simulateYuma,
  type YumaParameters,
} from './pallets/subtensor/epoch/simulate.ts';
export { traceEpoch } from './pallets/subtensor/epoch/trace-epoch.ts';
export { openState } from './runtime/open-state.ts';
