import { beforeAll, describe, expect, test } from 'vitest';
import type { VerifySignature } from '../../src/lib/localnet/frame/multi-signature.ts';
import { replayScenario } from '../../src/lib/localnet/runtime/replay.ts';
import { loadSignatureVerifier } from '../../src/lib/localnet/runtime/verify-signature.ts';
import { readVector } from '../helpers/read-vector.ts';

// Whole recordings of the real runtime: every key of every block, every event, every root.

let verifySignature: VerifySignature;
beforeAll(async () => {
  verifySignature = await loadSignatureVerifier();
});

const replay = (json: unknown) => replayScenario(json, { verifySignature });

describe('scenarios replay without a difference', () => {
  test.each([
    ['scenario-256', 7],
    ['scenario-halving', 29],
    ['scenario-prune', 62],
    ['scenario-five-subnets', 93],
    ['scenario-tempo8-yuma2', 71],
    ['scenario-tempo8-yuma3', 71],
    ['scenario-tempo8-yuma3-liquid', 71],
    ['scenario-calls', 57],
    ['scenario-basic', 51],
    ['scenario-basic-fast', 51],
    // Random calls around stake, locks and keys, with amounts and prices at their limits, on the end state of scenario-five-subnets
    // after writes that push it to its edges: old shares, tiny, huge and unbacked pools, weights of 1 and 99 %, fees up to the highest,
    // stable subnets, accounts with less than a fee, jumps of up to 2,700,000 blocks.
    ['scenario-staking', 70],
    // The same through Utility, Proxy, Sudo.sudo and sudo_as, with deprecated and forbidden calls and announced coldkey swaps.
    ['scenario-staking-wrapped', 64],
    // Random changes of childkeys, takes and automatic stakes, with swaps of the hotkeys between them, over epochs.
    ['scenario-childkeys', 60],
  ])('%s', (name, blocks) => {
    const report = replay(readVector(name));
    expect(report).toMatchObject({ differences: [], differing: 0, blocks, rootsUnknown: 0, stopped: undefined });
  });

  // States made up at random, rare ones on purpose: reserves of nothing, tempo 0, weights beyond the last uid,
  // old shares, locks years old; then random calls. The first has ownership by conviction, the second leases' dividends, several
  // mechanisms and sealed weights. What depends on intermediate state roots (Ethereum's block) is left out of the recordings.
  test.each(['scenario-odd-states', 'scenario-leases-and-mechanisms'])('%s', (name) => {
    const report = replay(readVector(name));
    expect(report).toMatchObject({ differences: [], differing: 0, blocks: 12, rootsUnknown: 0, stopped: undefined });
  });

  // Random calls by theme, good and bad arguments mixed, recorded from a native build of the same runtime (docs/PARITY.md).
  test.each([
    ['scenario-accounts', 63],
    ['scenario-admin', 53],
    ['scenario-alpha-fees', 53],
    ['scenario-children', 53],
    ['scenario-commit-reveal', 53],
    ['scenario-dissolve', 57],
    ['scenario-emission', 59],
    ['scenario-full-subnets', 63],
    // Storage made up at random between the calls, with bytes that are no value of their item.
    ['scenario-invalid-values', 55],
    ['scenario-key-swaps', 53],
    ['scenario-leases', 59],
    ['scenario-liquid-alpha', 41],
    ['scenario-mechanisms', 53],
    ['scenario-ownership', 63],
    ['scenario-refusals', 51],
    ['scenario-restrictions', 65],
    ['scenario-root-claims', 55],
    ['scenario-timelock', 39],
  ])('%s', (name, blocks) => {
    const report = replay(readVector(name));
    expect(report).toMatchObject({ differences: [], differing: 0, blocks, rootsUnknown: 0, stopped: undefined });
  });

  test('scenario-soak-1500, to the last key of its final state', () => {
    const report = replay(readVector('scenario-soak-1500'));
    expect(report).toMatchObject({ differences: [], differing: 0, blocks: 1500, stopped: undefined });
  });

  test.each([
    ['scenario-five-subnets', 93],
    ['scenario-basic', 47],
  ])('%s from its calls alone, where the bytes of the extrinsics are not recorded', (name, blocks) => {
    const scenario = structuredClone(readVector(name)) as { blocks: { ops: { extrinsic_hex?: string | null }[] }[] };
    scenario.blocks = scenario.blocks.slice(0, blocks);
    for (const { ops } of scenario.blocks) for (const operation of ops) operation.extrinsic_hex = null;
    expect(replay(scenario)).toMatchObject({ differences: [], differing: 0, blocks, rootsUnknown: 0 });
  });

  test('leaves out of the comparison what a recording says that it omits', () => {
    const scenario = structuredClone(readVector('scenario-halving')) as {
      blocks: { diff: [string, unknown][] }[];
      diff_omits?: string[];
    };
    const prefix = '0x2013754dd003840aea66b349f8241e25';
    for (const block of scenario.blocks) block.diff = block.diff.filter(([key]) => !key.startsWith(prefix));
    expect(replay(scenario).differing).toBeGreaterThan(0);
    scenario.diff_omits = [prefix];
    expect(replay(scenario)).toMatchObject({ differing: 0, blocks: 29 });
  });
});

describe('a replay notices', () => {
  interface Scenario {
    blocks: {
      number: number;
      ops: { extrinsic_hex?: string; result?: unknown }[];
      events: [unknown, string][];
      diff: [string, string | null][];
      state_root: string;
    }[];
  }
  const twoBlocks = (): Scenario => {
    const scenario = structuredClone(readVector('scenario-basic')) as Scenario;
    scenario.blocks = scenario.blocks.slice(0, 2);
    return scenario;
  };
  const differencesOf = (change: (scenario: Scenario) => void): string[] => {
    const scenario = twoBlocks();
    change(scenario);
    return replay(scenario).differences.map(({ block, what }) => `${block}: ${what}`);
  };

  test('nothing in an honest recording', () => {
    expect(differencesOf(() => {})).toEqual([]);
  });

  test('a wrong value of a key', () => {
    const found = differencesOf(({ blocks }) => {
      const change = blocks[1]!.diff.find(([key]) => key.startsWith('0x26aa394eea5630e07c48ae0c9558cef7b99d88'))!;
      change[1] = change[1]!.replace('00', '01');
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain('2: System.Account');
  });

  test('a key that the recording has and we do not, and the other way round', () => {
    expect(differencesOf(({ blocks }) => blocks[0]!.diff.push(['0xabcdef', '0x00']))).toEqual(['1: 0xabcdef']);
    const missing = differencesOf(({ blocks }) => blocks[0]!.diff.splice(3, 1));
    expect(missing).toHaveLength(1);
  });

  test('a wrong event, a wrong root, a wrong result', () => {
    expect(differencesOf(({ blocks }) => blocks[1]!.events.pop())[0]).toMatch(/^2: event \d+$/);
    const wrongRoot = differencesOf(({ blocks }) => {
      blocks[0]!.state_root = `0x${'0'.repeat(64)}`;
    });
    expect(wrongRoot).toEqual(['1: state root']);
    const wrongResult = differencesOf(({ blocks }) => {
      blocks[1]!.ops[1]!.result = { scale: '0x00' };
    });
    expect(wrongResult[0]).toContain('result of operation 1');
  });

  test('a signature that was tampered with', () => {
    const found = differencesOf(({ blocks }) => {
      const operation = blocks[1]!.ops[1]!;
      const bytes = Buffer.from(operation.extrinsic_hex!.slice(2), 'hex');
      bytes[50]! ^= 1;
      operation.extrinsic_hex = `0x${bytes.toString('hex')}`;
    });
    expect(found[0]).toContain('result of operation 1');
  });

  test('a call that the runtime does not have, by its place', () => {
    const scenario = twoBlocks();
    scenario.blocks[1]!.ops.splice(1, 0, {
      kind: 'signed',
      call_hex: '0xfe00',
      result: 'ok',
    } as unknown as Scenario['blocks'][number]['ops'][number]);
    const report = replay(scenario);
    expect(report.blocks).toBe(1);
    expect(report.stopped).toContain('block 2 operation 1: this runtime does not decode call 254.0');
  });
});
