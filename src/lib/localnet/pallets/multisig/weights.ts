import { addWeight, dbReadsWrites, type Weight, weight } from '../../frame/weight.ts';

// Weights of pallet-multisig 41 (src/weights.rs, SubstrateWeight): by other signatories, and by the bytes of the call.

interface Measured {
  readonly base: bigint;
  readonly perSignatory?: bigint;
  readonly perByte?: bigint;
  readonly proof: bigint;
  readonly reads: number;
  readonly writes: number;
}

const measured =
  ({ base, perSignatory = 0n, perByte = 0n, proof, reads, writes }: Measured) =>
  (signatories: number, bytes = 0): Weight =>
    addWeight(
      weight(base + perSignatory * BigInt(signatories) + perByte * BigInt(bytes), proof),
      dbReadsWrites(reads, writes),
    );

const once = { proof: 6811n, reads: 1, writes: 1 };
const thresholdOne = measured({ base: 20_470_382n, perByte: 397n, proof: 3997n, reads: 2, writes: 0 });

export const weights = {
  as_multi_threshold_1: (bytes: number): Weight => thresholdOne(0, bytes),
  as_multi_create: measured({ base: 29_976_762n, perSignatory: 144_320n, perByte: 1819n, ...once }),
  as_multi_approve: measured({ base: 14_821_348n, perSignatory: 127_874n, perByte: 1968n, ...once }),
  as_multi_complete: measured({
    base: 34_745_418n,
    perSignatory: 193_313n,
    perByte: 2057n,
    proof: 6811n,
    reads: 4,
    writes: 2,
  }),
  approve_as_multi_create: measured({ base: 27_463_275n, perSignatory: 139_226n, ...once }),
  approve_as_multi_approve: measured({ base: 14_074_258n, perSignatory: 126_544n, ...once }),
  cancel_as_multi: measured({ base: 28_623_566n, perSignatory: 135_351n, ...once }),
  poke_deposit: measured({ base: 27_349_525n, perSignatory: 121_813n, ...once }),
};
