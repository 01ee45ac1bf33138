import { pallet } from '../../frame/pallet.ts';
import { onInitialize } from './coinbase/block-step.ts';
import { rootCalls } from './coinbase/root.ts';
import { tempoControlCalls } from './coinbase/tempo-control.ts';
import { constants } from './constants.ts';
import { errorNames } from './errors.ts';
import { events } from './events.ts';
import { palletInfo } from './info.ts';
import { stakingCalls } from './staking/calls.ts';
import { storage } from './storage.ts';
import { commitWeightsCalls } from './subnets/commit-weights.ts';
import { registerNetworkCalls } from './subnets/register-network.ts';
import { registrationCalls } from './subnets/registration.ts';
import { revealWeightsCalls } from './subnets/reveal-weights.ts';
import { servingCalls } from './subnets/serving.ts';
import { setWeightsCalls } from './subnets/set-weights.ts';
import { startCalls } from './subnets/start-call.ts';
import { symbolCalls } from './subnets/symbols.ts';
import { identityCalls } from './utils/identity.ts';

/** The chain's own pallet (pallets/subtensor of opentensor/subtensor). */
export const SubtensorModule = pallet({
  ...palletInfo,
  storage: storage.items,
  calls: {
    ...setWeightsCalls,
    ...commitWeightsCalls,
    ...revealWeightsCalls,
    ...stakingCalls,
    ...servingCalls,
    ...registerNetworkCalls,
    ...registrationCalls,
    ...rootCalls,
    ...startCalls,
    ...tempoControlCalls,
    ...symbolCalls,
    ...identityCalls,
  },
  events,
  errors: { names: errorNames },
  constants,
  hooks: { onInitialize },
});
