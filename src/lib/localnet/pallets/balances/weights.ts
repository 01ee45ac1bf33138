import { addWeight, dbReadsWrites, mulWeight, type Weight, weight } from '../../frame/weight.ts';

// Weights of pallet-balances 42 (src/weights.rs, SubstrateWeight).

const oneAccount = (refTime: bigint, proofSize: bigint): Weight =>
  addWeight(weight(refTime, proofSize), dbReadsWrites(1, 1));

export const weights = {
  transfer_allow_death: oneAccount(48_834_000n, 3593n),
  transfer_keep_alive: oneAccount(39_051_000n, 3593n),
  transfer_all: oneAccount(48_209_000n, 3593n),
  force_set_balance: oneAccount(19_206_000n, 3593n),
  force_transfer: addWeight(weight(49_519_000n, 6196n), dbReadsWrites(2, 2)),
  force_unreserve: oneAccount(15_515_000n, 3593n),
  upgrade_accounts: (accounts: number): Weight =>
    addWeight(
      weight(14_674_000n, 990n),
      mulWeight(addWeight(weight(14_648_188n, 2603n), dbReadsWrites(1, 1)), accounts),
    ),
  force_adjust_total_issuance: weight(5_351_000n),
  burn_allow_death: weight(30_219_000n),
  burn_keep_alive: weight(20_720_000n),
};
