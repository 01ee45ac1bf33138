import { pallet } from '../../frame/pallet.ts';
import { chainSettings } from './chain-settings.ts';
import { consensusSettings } from './consensus-settings.ts';
import { emissionSettings } from './emission-settings.ts';
import { neuronSettings } from './neuron-settings.ts';
import { nodeSettings } from './node-settings.ts';
import { registrationSettings } from './registration-settings.ts';
import { errorNames, events, palletInfo, storage } from './spec.ts';

/** Settings of the chain and of its subnets (pallets/admin-utils of opentensor/subtensor). */
export const AdminUtils = pallet({
  ...palletInfo,
  storage: storage.items,
  calls: {
    ...nodeSettings,
    ...chainSettings,
    ...registrationSettings,
    ...neuronSettings,
    ...consensusSettings,
    ...emissionSettings,
  },
  events,
  errors: { names: errorNames },
});
