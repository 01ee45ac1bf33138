import type { Pallet } from '../frame/pallet.ts';
import type { Params } from '../frame/params.ts';
import { AdminUtils } from '../pallets/admin-utils/pallet.ts';
import { AlphaAssets } from '../pallets/alpha-assets/pallet.ts';
import { Aura } from '../pallets/aura/pallet.ts';
import { Balances } from '../pallets/balances/pallet.ts';
import { BaseFee } from '../pallets/base-fee/pallet.ts';
import { Commitments } from '../pallets/commitments/pallet.ts';
import { Contracts } from '../pallets/contracts/pallet.ts';
import { Crowdloan } from '../pallets/crowdloan/pallet.ts';
import { drandPallet } from '../pallets/drand/pallet.ts';
import { Ethereum } from '../pallets/ethereum/pallet.ts';
import { EVM } from '../pallets/evm/pallet.ts';
import { EVMChainId } from '../pallets/evm-chain-id/pallet.ts';
import { Grandpa } from '../pallets/grandpa/pallet.ts';
import { MevShield } from '../pallets/mev-shield/pallet.ts';
import { Multisig } from '../pallets/multisig/pallet.ts';
import { Preimage } from '../pallets/preimage/pallet.ts';
import { proxyPallet } from '../pallets/proxy/pallet.ts';
import { RealPaysFee } from '../pallets/proxy/spec.ts';
import { RandomnessCollectiveFlip } from '../pallets/randomness-collective-flip/pallet.ts';
import { SafeMode } from '../pallets/safe-mode/pallet.ts';
import { Scheduler } from '../pallets/scheduler/pallet.ts';
import { alphaFees } from '../pallets/subtensor/alpha-fees.ts';
import { guard, guardErrorCode } from '../pallets/subtensor/guards/guard.ts';
import { SubtensorModule } from '../pallets/subtensor/pallet.ts';
import { Sudo } from '../pallets/sudo/pallet.ts';
import { Swap } from '../pallets/swap/pallet.ts';
import { System } from '../pallets/system/pallet.ts';
import { Timestamp } from '../pallets/timestamp/pallet.ts';
import { TransactionPayment } from '../pallets/transaction-payment/pallet.ts';
import { Utility } from '../pallets/utility/pallet.ts';
import { runtimeApis } from './apis/runtime-apis.ts';
import { baseCallFilter } from './base-call-filter.ts';
import { createRuntime, type Runtime } from './create-runtime.ts';
import type { RuntimePorts } from './ports.ts';
import { proxyTypeFilter } from './proxy-type-filter.ts';

/** The pallets of the chain that this project has and that need nothing from the node around them (runtime/src/lib.rs, construct_runtime). */
const pallets: readonly Pallet[] = [
  System,
  RandomnessCollectiveFlip,
  Timestamp,
  Aura,
  Grandpa,
  Balances,
  TransactionPayment,
  SubtensorModule,
  Utility,
  Sudo,
  Multisig,
  Preimage,
  Scheduler,
  proxyPallet(proxyTypeFilter),
  Commitments,
  AdminUtils,
  SafeMode,
  Ethereum,
  EVM,
  EVMChainId,
  BaseFee,
  Crowdloan,
  Swap,
  Contracts,
  MevShield,
  AlphaAssets,
];

/** The chain's runtime. */
export function createSubtensorRuntime(params: Params, ports: RuntimePorts): Runtime {
  return createRuntime([...pallets, drandPallet(ports.verifySignature)], params, ports, {
    baseCallFilter,
    guard,
    guardErrorCode,
    alphaFees,
    realPaysFee: (x, real, delegate) => RealPaysFee.containsKey(x, real, delegate),
    apis: runtimeApis,
  });
}
