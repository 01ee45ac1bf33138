import fc from 'fast-check';
import type { EpochInput } from '../../src/lib/localnet/pallets/subtensor/epoch/epoch-types.ts';
import { stakeWeights } from '../../src/lib/localnet/pallets/subtensor/epoch/stake-weights.ts';

const U64_MAX = (1n << 64n) - 1n;
const BLOCK = 1000n;
const MAX_NEURONS = 24;

/** Mostly ordinary values, with the extremes often enough to meet each other. */
const u16 = fc.oneof(fc.constantFrom(0, 1, 32767, 65534, 65535), fc.integer({ min: 0, max: 65535 }));
const u64 = fc.oneof(fc.constantFrom(0n, 1n, U64_MAX >> 1n, U64_MAX), fc.bigInt({ min: 0n, max: U64_MAX }));
const rao = fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 16n }), fc.constantFrom(0n, 1n, 10n ** 12n));
const blocks = (min: bigint): fc.Arbitrary<bigint> => fc.bigInt({ min, max: BLOCK });

/** How far a generated subnet strays from what a chain holds. */
interface Manner {
  readonly rao: fc.Arbitrary<bigint>;
  readonly lastUpdate: fc.Arbitrary<bigint>;
  readonly registered: fc.Arbitrary<bigint>;
  readonly cutoff: fc.Arbitrary<bigint>;
  readonly threshold: fc.Arbitrary<bigint>;
  readonly permits: (n: number) => fc.Arbitrary<boolean[]>;
  readonly bondsMovingAverage: fc.Arbitrary<bigint>;
  /** Rows may name a target twice or one beyond n. */
  readonly areRowsMalformed: fc.Arbitrary<boolean>;
}

const perUid = <T>(n: number, value: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(value, { minLength: n, maxLength: n });

const ordinary: Manner = {
  rao,
  lastUpdate: blocks(850n),
  registered: blocks(0n),
  cutoff: fc.constant(5000n),
  threshold: fc.constant(0n),
  permits: (n) =>
    perUid(
      n,
      fc.integer({ min: 0, max: 5 }).map((x) => x > 0),
    ),
  bondsMovingAverage: fc.oneof(fc.constantFrom(900_000n, 0n, 1_000_000n), fc.bigInt({ min: 0n, max: 1_000_000n })),
  areRowsMalformed: fc.constant(false),
};

const hostile: Manner = {
  rao: fc.oneof(rao, u64),
  lastUpdate: fc.oneof({ weight: 12, arbitrary: blocks(0n) }, { weight: 1, arbitrary: u64 }),
  registered: fc.oneof({ weight: 12, arbitrary: blocks(0n) }, { weight: 1, arbitrary: u64 }),
  cutoff: fc.oneof(fc.constantFrom(5000n, U64_MAX), blocks(0n)),
  threshold: fc.oneof(fc.constant(0n), rao),
  permits: (n) => fc.array(fc.boolean(), { maxLength: n }),
  bondsMovingAverage: fc.oneof(ordinary.bondsMovingAverage, fc.constant(1_000_001n), u64),
  areRowsMalformed: fc.boolean(),
};

/** u16 pairs of one row, sorted by uid or not. */
function row(n: number, isMalformed: boolean): fc.Arbitrary<number[]> {
  const entry = fc.tuple(fc.integer({ min: 0, max: isMalformed ? n + 2 : Math.max(n - 1, 0) }), u16);
  const entries: fc.Arbitrary<[number, number][]> = isMalformed
    ? fc.array(entry, { maxLength: n })
    : fc.uniqueArray(entry, { maxLength: n, selector: ([uid]) => uid });
  return fc
    .tuple(entries, fc.boolean())
    .map(([pairs, isSorted]) => (isSorted ? [...pairs].sort((a, b) => a[0] - b[0]) : pairs).flat());
}

const rows = (n: number, manner: Manner): fc.Arbitrary<number[][]> =>
  manner.areRowsMalformed.chain((isMalformed) => fc.array(row(n, isMalformed), { maxLength: n, size: 'max' }));

const neurons = (n: number, manner: Manner) =>
  fc.record({
    alpha: perUid(n, manner.rao),
    tao: perUid(n, manner.rao),
    lastUpdate: perUid(n, manner.lastUpdate),
    blockAtRegistration: perUid(n, manner.registered),
    validatorPermits: manner.permits(n),
    weights: rows(n, manner),
    bonds: rows(n, manner),
    commitBlocks: fc.option(perUid(n, fc.oneof(blocks(0n), fc.constant(U64_MAX)))),
    ownerUid: fc.option(fc.integer({ min: 0, max: n + 1 })),
    maxAllowedValidators: fc.integer({ min: 0, max: n + 2 }),
  });

const hyperparameters = (manner: Manner) =>
  fc.record({
    tempo: fc.integer({ min: 0, max: 2000 }),
    lastMechanismStepBlock: fc.oneof(fc.constant(0n), blocks(0n)),
    activityCutoffBlocks: manner.cutoff,
    stakeThreshold: manner.threshold,
    taoWeight: u64,
    kappa: u16,
    bondsPenalty: u16,
    bondsMovingAverage: manner.bondsMovingAverage,
    yuma3: fc.boolean(),
    liquidAlpha: fc.boolean(),
    alphaLow: u16,
    alphaHigh: u16,
    alphaSigmoidSteepness: fc.oneof(
      fc.constantFrom(1000, 0, -32768, 32767),
      fc.integer({ min: -4000, max: 4000 }),
      fc.integer({ min: -32768, max: 32767 }),
    ),
    raoEmission: manner.rao,
  });

const subnet = (manner: Manner): fc.Arbitrary<EpochInput> =>
  fc.integer({ min: 0, max: MAX_NEURONS }).chain((n) =>
    fc
      .tuple(neurons(n, manner), hyperparameters(manner))
      .map(([{ alpha, tao, ...perNeuron }, { taoWeight, ...parameters }]) => ({
        n,
        currentBlock: BLOCK,
        ...perNeuron,
        ...parameters,
        totalStake: stakeWeights(alpha, tao, taoWeight).totalStake,
      })),
  );

/** Subnets as a chain may hold them. */
export const ordinaryEpochInput = subnet(ordinary);

/** Any subnet: ordinary, or stale, empty, extreme and malformed. */
export const epochInput = fc.oneof(
  { weight: 3, arbitrary: ordinaryEpochInput },
  { weight: 1, arbitrary: subnet(hostile) },
);
