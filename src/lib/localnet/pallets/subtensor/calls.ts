import { rootCalls } from './coinbase/root.ts';
import { tempoControlCalls } from './coinbase/tempo-control.ts';
import { stakingCalls } from './staking/calls.ts';
import { commitWeightsCalls } from './subnets/commit-weights.ts';
import { leaseCalls } from './subnets/lease-calls.ts';
import { registerNetworkCalls } from './subnets/register-network.ts';
import { registrationCalls } from './subnets/registration.ts';
import { revealWeightsCalls } from './subnets/reveal-weights.ts';
import { servingCalls } from './subnets/serving.ts';
import { setWeightsCalls } from './subnets/set-weights.ts';
import { startCalls } from './subnets/start-call.ts';
import { symbolCalls } from './subnets/symbols.ts';
import { swapColdkeyCalls } from './swap/swap-coldkey.ts';
import { swapHotkeyCalls } from './swap/swap-hotkey.ts';
import { evmCalls } from './utils/evm.ts';
import { identityCalls } from './utils/identity.ts';
import { votingPowerCalls } from './utils/voting-power.ts';

/** Every call of the pallet, each declared next to what it does. */
export const calls = {
  ...stakingCalls,
  ...registerNetworkCalls,
  ...registrationCalls,
  ...leaseCalls,
  ...startCalls,
  ...rootCalls,
  ...tempoControlCalls,
  ...servingCalls,
  ...identityCalls,
  ...symbolCalls,
  ...setWeightsCalls,
  ...commitWeightsCalls,
  ...revealWeightsCalls,
  ...swapHotkeyCalls,
  ...swapColdkeyCalls,
  ...votingPowerCalls,
  ...evmCalls,
};
