import type { RuntimeApi } from '../../frame/runtime-api.ts';
import {
  DelegateInfoRuntimeApi,
  NeuronInfoRuntimeApi,
  StakeInfoRuntimeApi,
  SubnetInfoRuntimeApi,
  SubnetRegistrationRuntimeApi,
} from '../../pallets/subtensor/rpc-info/runtime-apis.ts';
import { SwapRuntimeApi } from '../../pallets/swap/runtime-api.ts';
import type { Runtime } from '../create-runtime.ts';
import { BabeApi } from './babe-api.ts';
import { AuraApi, GrandpaApi, SessionKeys } from './consensus-apis.ts';
import { AccountNonceApi, coreApi, metadataApi } from './core-apis.ts';
import { ContractsApi, convertTransactionApi, EthereumRuntimeRPCApi } from './evm-apis.ts';
import { GenesisBuilder, OffchainWorkerApi, ShieldApi } from './node-apis.ts';
import { transactionPaymentApi, transactionPaymentCallApi } from './payment-apis.ts';
import { proxyFilterApi } from './proxy-filter-api.ts';
import { blockBuilderApi, taggedTransactionQueueApi } from './transaction-apis.ts';

/** The runtime APIs that this project has, in the chain's order (runtime/src/lib.rs, impl_runtime_apis). */
export const runtimeApis = (runtime: Runtime): readonly RuntimeApi[] => [
  coreApi(runtime),
  metadataApi(runtime),
  blockBuilderApi(runtime),
  GenesisBuilder,
  taggedTransactionQueueApi(runtime),
  OffchainWorkerApi,
  AuraApi,
  SessionKeys,
  GrandpaApi,
  AccountNonceApi,
  transactionPaymentApi(runtime),
  transactionPaymentCallApi(runtime),
  EthereumRuntimeRPCApi,
  convertTransactionApi(runtime),
  ContractsApi,
  DelegateInfoRuntimeApi,
  NeuronInfoRuntimeApi,
  SubnetInfoRuntimeApi,
  StakeInfoRuntimeApi,
  SubnetRegistrationRuntimeApi,
  proxyFilterApi(runtime),
  BabeApi,
  SwapRuntimeApi,
  ShieldApi,
];
