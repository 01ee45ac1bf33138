import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  projectIssuance,
  readEmissionReport,
  termsBefore,
  untilHalving,
} from '../../../src/lib/domain/emission/emission.ts';
import {
  LastEpochBlock,
  NetworksAdded,
  PendingOwnerCut,
  PendingRootAlphaDivs,
  PendingServerEmission,
  PendingValidatorEmission,
} from '../../../src/lib/localnet/pallets/subtensor/storage.ts';
import {
  blockEmissionForIssuance,
  nextHalvingIssuance,
  openState,
  readCoinbaseTerms,
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
    let terms = readCoinbaseTerms(openState(state, { fast: false }));
    let emitting = 0;
    for (const block of scenario.blocks) {
      state.commit(changesOf(block));
      const emission = readEmission(openState(state, { fast: false }), terms);
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
      if (isQuiet) expect(emission.issuance - terms.issuance).toBe(placed);
      terms = readCoinbaseTerms(openState(state, { fast: false }));
    }
    expect(emitting).toBeGreaterThan(10);
  });

  test.each(['scenario-five-subnets', 'scenario-basic', 'scenario-tempo8-yuma3'] as const)(
    'splits alpha as it went into the pots, to the rao, in %s',
    (name) => {
      const scenario = readScenario(name);
      const state = new ReplayState(scenario.initial.map(([key, value]) => [key.slice(2), fromHex(value)] as const));
      const pots = (netuid: number): bigint[] => {
        const x = openState(state, { fast: false });
        return [PendingOwnerCut, PendingServerEmission, PendingValidatorEmission, PendingRootAlphaDivs].map((pot) =>
          pot.get(x, netuid),
        );
      };
      let compared = 0;
      for (const block of scenario.blocks) {
        const x = openState(state, { fast: false });
        const terms = readCoinbaseTerms(x);
        const before = new Map([...NetworksAdded.keys(x)].map((netuid) => [netuid, pots(netuid)]));
        state.commit(changesOf(block));
        const emission = readEmission(openState(state, { fast: false }), terms);
        for (const { netuid, split, emitting } of emission.subnets) {
          const was = before.get(netuid);
          // An epoch empties the pots.
          const hadEpoch = Number(LastEpochBlock.get(openState(state, { fast: false }), netuid)) === block.number;
          if (!was || hadEpoch || !emitting) continue;
          const [owner, server, validator, root] = pots(netuid).map((now, pot) => now - was[pot]!);
          expect([owner, server, validator]).toEqual([split.owner, split.server, split.validator]);
          if (emission.rootDividendsSold) expect(root).toBe(split.root);
          compared += 1;
        }
      }
      expect(compared).toBeGreaterThan(50);
    },
  );

  test('is the same through a client as on the state itself', async () => {
    const { client, connection, scenario } = await openRecorded('scenario-five-subnets');
    const state = new ReplayState(scenario.initial.map(([key, value]) => [key.slice(2), fromHex(value)] as const));
    for (const block of scenario.blocks.slice(0, -1)) state.commit(changesOf(block));
    const terms = readCoinbaseTerms(openState(state, { fast: false }));
    state.commit(changesOf(scenario.blocks.at(-1)!));
    const direct = readEmission(openState(state, { fast: false }), terms);
    const reader = await client.reader(connection.hashOf(scenario.blocks.at(-1)!.number));
    // Names come from a runtime API, which a recording cannot answer.
    await expect(readEmissionReport(reader)).rejects.toMatchObject({ code: 'NODE_ERROR' });
    const { computeOnState } = await import('../../../src/lib/domain/fetched-state.ts');
    const fetched = await computeOnState(reader, (fetching) =>
      readEmission(openState(fetching, { fast: false }), terms),
    );
    expect(fetched).toEqual(direct);
    expect(fetched.subnets.length).toBeGreaterThan(4);
  });

  test('goes by the state before the block, and says so where a node has it no more', async () => {
    const { client, connection, scenario } = await openRecorded('scenario-five-subnets');
    const { number } = scenario.blocks.at(-1)!;
    const termsOf = (block: number) =>
      client
        .reader(connection.hashOf(block))
        .then((reader) => termsBefore({ openState, readCoinbaseTerms }, reader, false));
    const { terms, exact } = await termsOf(number);
    connection.keep = (block) => block === number;
    const late = await termsOf(number);
    expect([exact, late.exact]).toEqual([true, false]);
    expect(late.terms.issuance).not.toBe(terms.issuance);
  });
});
