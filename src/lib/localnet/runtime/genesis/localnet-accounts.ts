import type { AccountId } from '../../scale/well-known.ts';

// Public keys of the chain's local network (node/src/chain_spec/localnet.rs): development accounts of sr25519, without 0x.

export const ALICE: AccountId = 'd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d';
export const BOB: AccountId = '8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48';
export const CHARLIE: AccountId = '90b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe22';
export const DAVE: AccountId = '306721211d5404bd9da88e0204360a1a9ab8b87c66c1bc2fcdd37f3c2222cc20';
export const EVE: AccountId = 'e659a7a1628cdd93febc04a4e0646ea20e9f5f0ce097d9a05290d4a9e054df4e';
export const FERDIE: AccountId = '1cbd2d43530a44705ad088af313e18f80b53ef16b36177cd4b77b846f2a5f07c';
/** Makes the blocks and gets the fees. */
export const ONE: AccountId = 'ac859f8a216eeb1b320b4c76d118da3d7407fa523484d0a980126d3b4d0d220a';
export const TWO: AccountId = '1254f7017f0b8347ce7ab14f96d818802e7e9e0c0d1b7c9acb3c726b080e7a03';
export const THREE: AccountId = '9026941b7aa2328a8c5ea4e25bb747a2bf92a066fae0cc3722faf58cf44d3502';
/** Accounts that the EVM's development keys Alith and Baltathar map to. */
export const ALITH: AccountId = 'a02a00e549cb104f710d3fe6f2f83e91524d2a40c4ed831658a120883077f9a9';
export const BALTATHAR: AccountId = 'caf8959d3c25429e5797758aa16e326839c744a374c3157fdad86e65458f6c59';
/** `//Alice_hk`. */
export const ALICE_HOTKEY: AccountId = '506c5a28f51e841b4df26ace64a23d69057fefda24bc9a53cb74197f901e7128';
/** ed25519 key of One, for finality. */
export const ONE_GRANDPA = '16f97016bbea8f7b45ae6757b49efc1080accc175d8f018f9ba719b60b0815e4';

const MILLION_TAO = 1_000_000_000_000_000n;
const TWO_THOUSAND_TAO = 2_000_000_000_000n;

/** Balances at genesis, in rao, in the chain's order. */
export const LOCALNET_BALANCES: readonly (readonly [AccountId, bigint])[] = [
  [ALICE, MILLION_TAO],
  [BOB, MILLION_TAO],
  [CHARLIE, MILLION_TAO],
  [DAVE, TWO_THOUSAND_TAO],
  [EVE, TWO_THOUSAND_TAO],
  [FERDIE, TWO_THOUSAND_TAO],
  [ONE, TWO_THOUSAND_TAO],
  [TWO, TWO_THOUSAND_TAO],
  [THREE, TWO_THOUSAND_TAO],
  [ALITH, TWO_THOUSAND_TAO],
  [BALTATHAR, TWO_THOUSAND_TAO],
];
