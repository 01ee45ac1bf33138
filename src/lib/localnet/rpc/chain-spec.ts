import { prefixed } from './json.ts';
import { method, type RpcMethods } from './method.ts';
import { CHAIN_NAME, CHAIN_PROPERTIES } from './system.ts';

/** What the chain is. */
export const chainSpecMethods: RpcMethods = {
  chainSpec_v1_chainName: method({}, () => CHAIN_NAME),
  chainSpec_v1_genesisHash: method({}, (_, { engine }) => prefixed(engine.genesisHash)),
  chainSpec_v1_properties: method({}, () => CHAIN_PROPERTIES),
};
