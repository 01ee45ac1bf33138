import { blockEmissionFormat } from './block-emission.ts';
import { buildDifferencesFormat } from './build-differences.ts';
import { burnAndLockFormat } from './burn-and-lock.ts';
import { emissionFunctionsFormat } from './emission-functions.ts';
import { epochCasesFormat } from './epoch-cases.ts';
import { epochMathFormat } from './epoch-math.ts';
import { feesFormat } from './fees.ts';
import { fixedArithFormat } from './fixed-arith.ts';
import { fixedTranscendentalFormat } from './fixed-transcendental.ts';
import type { VectorFormat } from './format.ts';
import { genesisFormat } from './genesis.ts';
import { movingPriceAndBurnFormat } from './moving-price-and-burn.ts';
import { runtimeApiResultsFormat } from './runtime-api-results.ts';
import { scenarioFormat } from './scenario.ts';
import { sharePoolFormat } from './share-pool.ts';
import { swapBalancerFormat } from './swap-balancer.ts';
import { swapChainsFormat } from './swap-chains.ts';
import { swapDerivedFormat } from './swap-derived.ts';
import { timelockFormat } from './timelock.ts';
import { validityFormat } from './validity.ts';

/** Every kind of vector file that can be checked. A file must be recognised by exactly one. */
export const formats: readonly VectorFormat[] = [
  fixedArithFormat,
  fixedTranscendentalFormat,
  epochMathFormat,
  epochCasesFormat,
  blockEmissionFormat,
  swapBalancerFormat,
  swapChainsFormat,
  swapDerivedFormat,
  sharePoolFormat,
  burnAndLockFormat,
  emissionFunctionsFormat,
  movingPriceAndBurnFormat,
  feesFormat,
  validityFormat,
  runtimeApiResultsFormat,
  genesisFormat,
  buildDifferencesFormat,
  scenarioFormat,
  timelockFormat,
];
