import { describe, expect, test } from 'vitest';
import { readEpochResults, rebuildEpoch } from '../../../src/lib/localnet/pallets/subtensor/coinbase/rebuild-epoch.ts';
import { traceEpoch } from '../../../src/lib/localnet/pallets/subtensor/epoch/trace-epoch.ts';
import {
  BlockAtRegistration,
  LastMechansimStepBlock,
  NetworksAdded,
} from '../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { openState } from '../../../src/lib/localnet/runtime/open-state.ts';
import { ReplayState } from '../../../src/lib/localnet/runtime/replay-state.ts';
import { fromHex } from '../../../src/lib/localnet/scale/bytes.ts';
import { changesOf, readScenario } from '../../helpers/recorded-scenario.ts';

// Every epoch that the real runtime ran in a recording, rebuilt from the recorded state before its block.

const params = { fast: false };

describe('an epoch rebuilt from the state before its block is the one that the chain ran', () => {
  test.each([
    ['scenario-256', 1],
    ['scenario-five-subnets', 20],
    ['scenario-tempo8-yuma2', 4],
    ['scenario-tempo8-yuma3', 4],
    ['scenario-tempo8-yuma3-liquid', 4],
  ] as const)('%s', (name, least) => {
    const scenario = readScenario(name);
    const state = new ReplayState(scenario.initial.map(([key, value]) => [key.slice(2), fromHex(value)] as const));
    let epochs = 0;
    for (const block of scenario.blocks) {
      const before = new Map(state.keys('').map((key) => [key, state.get(key)!]));
      state.commit(changesOf(block));
      const after = openState(state, params);
      for (const netuid of [...NetworksAdded.keys(after)]) {
        if (LastMechansimStepBlock.get(after, netuid) !== BigInt(block.number)) continue;
        const x = openState(new ReplayState(before), params);
        const rebuilt = rebuildEpoch(x, netuid, block.number)!;
        const registered = rebuilt.hotkeys.some(
          (_, uid) => BlockAtRegistration.get(after, netuid, uid) === BigInt(block.number),
        );
        if (registered) continue;
        epochs += 1;
        const results = readEpochResults(x, netuid, 0);
        expect(results).toEqual(readEpochResults(after, netuid, 0));
        const [input] = rebuilt.inputs;
        expect(traceEpoch(input!).output.incentive).toEqual(results.incentive);
      }
    }
    expect(epochs).toBeGreaterThanOrEqual(least);
  });
});
