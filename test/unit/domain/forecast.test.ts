import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { ChainClient } from '../../../src/lib/chain/client.ts';
import type { Connection } from '../../../src/lib/chain/connection.ts';
import { forecastEmission } from '../../../src/lib/domain/emission/forecast.ts';
import {
  connectInProcess,
  createRpcTable,
  type Engine,
  openEngine,
  presetSource,
} from '../../../src/lib/localnet/index.ts';
import { openState, readCoinbaseTerms, readEmission } from '../../../src/lib/localnet/pure.ts';

const BLOCKS = 400;
let engine: Engine;
let client: ChainClient;

beforeAll(async () => {
  const playgroundSnapshot = () => readFileSync(new URL('../../../assets/playground.snapshot', import.meta.url));
  engine = await openEngine({
    source: () => presetSource({ preset: 'playground', params: { fast: false }, playgroundSnapshot }),
  });
  const door = connectInProcess({
    engine,
    table: createRpcTable(engine, { version: '0', dev: true }),
    onFault: () => {},
  });
  const connection: Connection = {
    endpoint: 'in process',
    request: async <T>(method: string, params: readonly unknown[] = []) => (await door.request(method, params)) as T,
    subscribe: () => {
      throw new Error('not needed');
    },
    close: async () => {},
  };
  client = await ChainClient.open({ network: 'local', connect: async () => connection });
});

const signal = new AbortController().signal;
const nothing = () => {};

describe('a forecast', () => {
  test('leaves the chain as it was, and says what the chain then really does', async () => {
    const reader = await client.reader();
    const head = engine.head;
    const forecast = await forecastEmission(client, reader, { blocks: BLOCKS, signal, onProgress: nothing });
    expect(engine.head).toEqual(head);
    expect(forecast.toBlock - forecast.fromBlock).toBe(BLOCKS);
    await engine.advance(BLOCKS - 1);
    const terms = readCoinbaseTerms(openState(engine.at(), { fast: false }));
    engine.createBlock();
    const real = readEmission(openState(engine.at(), { fast: false }), terms);
    expect(forecast.issuanceAfter).toBe(real.issuance);
    expect(forecast.subnets.map(({ after }) => after)).toEqual(real.subnets);
    expect(forecast.subnets.length).toBe(8);
  });

  test('adds up: TAO issued is what entered pools and bought alpha', async () => {
    const reader = await client.reader();
    const seen: number[] = [];
    const forecast = await forecastEmission(client, reader, {
      blocks: 50,
      signal,
      onProgress: (done) => seen.push(done),
    });
    const placed = forecast.subnets.reduce(
      (sum, { taoInjected, taoChainBuys }) => sum + taoInjected + taoChainBuys,
      0n,
    );
    expect(forecast.issuanceAfter - forecast.issuanceBefore).toBe(placed);
    expect(seen.at(-1)).toBe(50);
    for (const { prices, alphaMinted, ownerAlpha, minersAlpha, validatorsAlpha, rootAlpha } of forecast.subnets) {
      expect(prices).toHaveLength(forecast.sampledBlocks.length);
      const rest = alphaMinted - ownerAlpha - minersAlpha - validatorsAlpha - rootAlpha;
      expect(rest >= 0n && rest <= 200n).toBe(true);
    }
  });

  test('stops when it is interrupted', async () => {
    const stop = new AbortController();
    const forecast = forecastEmission(client, await client.reader(), {
      blocks: 1_000_000,
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('stopped')),
    });
    await expect(forecast).rejects.toThrow('stopped');
  });
});
