import type { Params } from '../../frame/params.ts';
import { ZERO_ACCOUNT } from '../../scale/well-known.ts';
import type { GenesisConfig } from './build-genesis.ts';
import { ALICE, ALICE_HOTKEY, LOCALNET_BALANCES, ONE, ONE_GRANDPA } from './localnet-accounts.ts';

/** The chain's own local network with a single authority (node/src/chain_spec/localnet.rs): preset `subtensor`. */
export function localnetGenesis(params: Params, code: Uint8Array = new Uint8Array()): GenesisConfig {
  return {
    balances: LOCALNET_BALANCES,
    authorities: [ONE],
    grandpaAuthorities: [ONE_GRANDPA],
    sudo: ALICE,
    evmChainId: 42n,
    rootOwner: params.fast ? { coldkey: ALICE, hotkey: ALICE_HOTKEY } : { coldkey: ZERO_ACCOUNT, hotkey: ZERO_ACCOUNT },
    code,
  };
}
