import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { projectIssuance, readEmissionReport, untilHalving } from '../../../src/lib/domain/emission/emission.ts';
import {
  blockEmissionForIssuance,
  nextHalvingIssuance,
  openState,
  readEmission,
  TOTAL_SUPPLY,
} from '../../../src/lib/localnet/pure.ts';
import { ReplayState } from '../../../src/lib/localnet/runtime/replay-state.ts';
import { fromHex } from '../../../src/lib/localnet/scale/bytes.ts';
import { openRecorded } from '../../helpers/recorded-chain.ts';
import { changesOf, readScenario } from '../../helpers/recorded-scenario.ts';

const curve = { nextHalvingIssuance, blockEmissionForIssuance };
const tao = (whole: bigint): bigint => whole * 1_000_000_000n;

describe('the next halving', () => {
  test('is the first issuance at which less is emitted, wherever one stands', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: TOTAL_SUPPLY - 1n }), (issuance) => {
        const next = nextHalvingIssuance(issuance);
        const emission = blockEmissionForIssuance(issuance);
        if (next === undefined) return emission === 0n;
        return (
          next > issuance &&
          blockEmissionForIssuance(next - 1n) === emission &&
          blockEmissionForIssuance(next) === emission / 2n
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    [0n, tao(10_500_000n)],
    [tao(10_500_000n), tao(15_750_000n)],
    [tao(15_750_000n), tao(18_375_000n)],
  ])('after %s rao is at %s', (issuance, next) => {
    expect(nextHalvingIssuance(issuance)).toBe(next);
  });

  test('does not come when nothing is emitted any more, or when nothing stays issued', () => {
    expect(nextHalvingIssuance(TOTAL_SUPPLY)).toBeUndefined();
    expect(untilHalving(curve, TOTAL_SUPPLY, 1n)).toBeUndefined();
    expect(untilHalving(curve, 0n, 0n)?.blocks).toBeUndefined();
  });

  test('is as many blocks away as it takes to issue what is missing', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: tao(20_000_000n) }), (issuance) => {
        const perBlock = blockEmissionForIssuance(issuance);
        const { blocks, issuance: next } = untilHalving(curve, issuance, perBlock)!;
        return issuance + BigInt(blocks!) * perBlock >= next && issuance + BigInt(blocks! - 1) * perBlock < next;
      }),
    );
  });
});

describe('the projected curve', () => {
  test('is what adding block by block gives, across a halving', () => {
    const start = tao(10_500_000n) - tao(500n);
    const { step, issuance } = projectIssuance(curve, start, { blocks: 1_200, perEmission: undefined });
    let at = start;
    for (let block = 1; block <= step * 120; block++) {
      at += blockEmissionForIssuance(at);
      if (block % step === 0) expect(issuance[block / step]).toBe(at);
    }
    expect(issuance).toHaveLength(121);
  });

  test('never passes the cap', () => {
    const { issuance } = projectIssuance(curve, 0n, { blocks: 10 ** 10, perEmission: undefined });
    expect(issuance.every((amount) => amount <= TOTAL_SUPPLY)).toBe(true);
    expect(issuance.at(-1)! > tao(20_999_000n)).toBe(true);
  });
});

describe('what a block emitted, read from its state', () => {
  test.each(['scenario-five-subnets', 'scenario-halving'] as const)('adds up in %s', (name) => {
    const scenario = readScenario(name);
    const state = new ReplayState(scenario.initial.map(([key, value]) => [key.slice(2), fromHex(value)] as const));
    let previous = readEmission(openState(state, { fast: false })).issuance;
    let emitting = 0;
    for (const block of scenario.blocks) {
      state.commit(changesOf(block));
      const emission = readEmission(openState(state, { fast: false }));
      for (const { alphaMinted, split, emitting: emits } of emission.subnets) {
        const parts = split.owner + split.server + split.validator + split.root;
        expect(parts <= alphaMinted && alphaMinted - parts <= 4n).toBe(true);
        if (emits) emitting += 1;
      }
      // Extrinsics burn and recycle TAO; a block without any adds what its subnets got, and nothing else.
      const isQuiet = (block.ops ?? []).every(({ kind }) => kind === 'inherent');
      const placed = emission.subnets.reduce(
        (sum, { taoInjected, taoChainBuys }) => sum + taoInjected + taoChainBuys,
        0n,
      );
      if (isQuiet) expect(emission.issuance - previous).toBe(placed);
      previous = emission.issuance;
    }
    expect(emitting).toBeGreaterThan(10);
  });

  test('is the same through a client as on the state itself', async () => {
    const { client, connection, scenario } = await openRecorded('scenario-five-subnets');
    const state = new ReplayState(scenario.initial.map(([key, value]) => [key.slice(2), fromHex(value)] as const));
    for (const block of scenario.blocks) state.commit(changesOf(block));
    const direct = readEmission(openState(state, { fast: false }));
    const reader = await client.reader(connection.hashOf(scenario.blocks.at(-1)!.number));
    // Names come from a runtime API, which a recording cannot answer.
    await expect(readEmissionReport(reader)).rejects.toMatchObject({ code: 'NODE_ERROR' });
    const { computeOnState } = await import('../../../src/lib/domain/fetched-state.ts');
    const fetched = await computeOnState(reader, (fetching) => readEmission(openState(fetching, { fast: false })));
    expect(fetched).toEqual(direct);
    expect(fetched.subnets.length).toBeGreaterThan(4);
  });
});
