import { addWeight, dbReadsWrites, type Weight, weight } from '../../frame/weight.ts';
import { constants } from './spec.ts';

// Weights of the chain's pallets/proxy (src/weights.rs, SubstrateWeight), which every call declares for the largest number of
// proxies and of announcements.

const PROXIES = BigInt(constants.MaxProxies.value as number);
const PENDING = BigInt(constants.MaxPending.value as number);

interface Measured {
  readonly base: bigint;
  readonly perProxy?: bigint;
  readonly perPending?: bigint;
  readonly proof: bigint;
  readonly reads: number;
  readonly writes: number;
}

function measured({ base, perProxy = 0n, perPending = 0n, proof, reads, writes }: Measured): Weight {
  return addWeight(weight(base + perProxy * PROXIES + perPending * PENDING, proof), dbReadsWrites(reads, writes));
}

const PROOF_PER_PROXY = 37n;
const PROOF_PER_PENDING = 68n;

export const weights = {
  proxy: measured({
    base: 28_026_265n,
    perProxy: 53_205n,
    proof: 4254n + PROOF_PER_PROXY * PROXIES,
    reads: 3,
    writes: 1,
  }),
  proxy_announced: measured({
    base: 53_234_507n,
    perProxy: 54_037n,
    perPending: 228_831n,
    proof: 8615n + PROOF_PER_PENDING * PENDING + PROOF_PER_PROXY * PROXIES,
    reads: 5,
    writes: 3,
  }),
  remove_announcement: measured({
    base: 25_595_226n,
    perProxy: 40_277n,
    perPending: 205_163n,
    proof: 8615n,
    reads: 2,
    writes: 2,
  }),
  reject_announcement: measured({
    base: 26_388_332n,
    perProxy: 17_846n,
    perPending: 199_703n,
    proof: 8615n,
    reads: 2,
    writes: 2,
  }),
  announce: measured({
    base: 34_286_251n,
    perProxy: 53_615n,
    perPending: 194_092n,
    proof: 8615n,
    reads: 3,
    writes: 2,
  }),
  add_proxy: measured({ base: 25_770_804n, perProxy: 80_892n, proof: 4254n, reads: 1, writes: 1 }),
  remove_proxy: measured({ base: 27_827_049n, perProxy: 64_054n, proof: 4254n, reads: 1, writes: 2 }),
  remove_proxies: measured({ base: 27_407_028n, perProxy: 55_808n, proof: 4254n, reads: 1, writes: 1 }),
  create_pure: measured({ base: 27_853_436n, perProxy: 20_160n, proof: 4254n, reads: 1, writes: 1 }),
  kill_pure: measured({ base: 26_529_087n, perProxy: 48_014n, proof: 4254n, reads: 1, writes: 1 }),
  poke_deposit: measured({ base: 46_757_000n, proof: 8615n, reads: 3, writes: 3 }),
  set_real_pays_fee: measured({ base: 14_259_931n, perProxy: 42_799n, proof: 4254n, reads: 1, writes: 1 }),
};
