import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildPlayground } from '../../../scripts/playground/build.ts';
import { FIRST_ON_ROOT, SUBNETS, VALIDATORS } from '../../../scripts/playground/economy.ts';
import { type Engine, openEngine } from '../../../src/lib/localnet/index.ts';
import { decodeExport, encodeExport, equalExports } from '../../../src/lib/localnet/node/store/snapshot.ts';
import {
  Dividends,
  Incentive,
  Keys,
  RootAlphaDividendsPerSubnet,
  SubnetAlphaIn,
  SubnetIdentitiesV3,
  SubnetOwner,
  SubnetTAO,
  SubtokenEnabled,
  TokenSymbol,
  ValidatorPermit,
  Weights,
} from '../../../src/lib/localnet/pallets/subtensor/storage.ts';
import { currentAlphaPrice } from '../../../src/lib/localnet/pallets/swap/swap.ts';
import { ZERO_ACCOUNT } from '../../../src/lib/localnet/scale/well-known.ts';

const shipped = readFileSync(new URL('../../../assets/playground.snapshot', import.meta.url));
const BARE_INHERENT = 0x05;
const SIGNED_V4 = 0x84;

describe('the shipped playground', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEngine({
      source: () => ({ type: 'snapshot', data: decodeExport(shipped) }),
      sealing: { mode: 'manual' },
      onFault: (error) => {
        throw error;
      },
    });
  });

  it('is what building it gives, byte for byte', async () => {
    expect(equalExports(shipped, await buildPlayground())).toBe(true);
  });

  it('is small, and a changed value makes it another chain', () => {
    const data = decodeExport(shipped);
    const [key, value] = data.state.at(-1)!;
    const changed = { ...data, state: [...data.state.slice(0, -1), [key, Uint8Array.of(...value, 0)] as const] };
    expect(shipped.length).toBeLessThan(400_000);
    expect(equalExports(shipped, encodeExport(data))).toBe(true);
    expect(equalExports(shipped, encodeExport(changed))).toBe(false);
  });

  it('was made by signed extrinsics and the clock alone', () => {
    const signed = { count: 0 };
    for (const { number, body } of decodeExport(shipped).blocks) {
      body.forEach((bytes, index) => {
        const version = bytes[compactBytes(bytes)]!;
        if (index === 0) expect(version, `block ${number}`).toBe(BARE_INHERENT);
        else {
          expect(version, `block ${number}`).toBe(SIGNED_V4);
          signed.count++;
        }
      });
    }
    expect(signed.count).toBeGreaterThan(200);
  });

  it('has eight named subnets with owners, symbols, tokens, validators and paid miners', () => {
    const { ext: x } = engine.at();
    for (const { netuid, name, validators, miners } of SUBNETS) {
      expect(new TextDecoder().decode(SubnetIdentitiesV3.get(x, netuid)!.subnet_name)).toBe(name);
      expect(SubnetOwner.get(x, netuid) === ZERO_ACCOUNT).toBe(netuid === 1);
      expect(TokenSymbol.get(x, netuid).length).toBeGreaterThan(0);
      expect(SubtokenEnabled.get(x, netuid)).toBe(true);
      expect([...Keys.iterPrefix(x, netuid)]).toHaveLength(1 + validators.length + miners);
      const permits = ValidatorPermit.get(x, netuid).filter(Boolean).length;
      expect([validators.length, validators.length + 1], `subnet ${netuid}`).toContain(permits);
      expect([...Weights.iterPrefix(x, netuid)].length).toBeGreaterThanOrEqual(validators.length);
      expect(Dividends.get(x, netuid).filter((part) => part > 0).length).toBeGreaterThanOrEqual(validators.length);
      expect(Incentive.get(x, netuid).filter((part) => part > 0).length).toBeGreaterThanOrEqual(miners - 1);
    }
  });

  it('has prices and depths that differ, and a pool on subnet 5 in which 10 TAO slip less than half a percent', () => {
    const { ext: x } = engine.at();
    const prices = SUBNETS.map(({ netuid }) => currentAlphaPrice(x, netuid));
    expect(new Set(prices).size).toBe(prices.length);
    const spent = 10_000_000_000n;
    const slippage = (netuid: number): number => Number((spent * 10_000n) / (SubnetTAO.get(x, netuid) + spent)) / 100;
    expect(slippage(5)).toBeLessThan(0.1);
    expect(slippage(8)).toBeGreaterThan(2);
    expect(SubnetAlphaIn.get(x, 5)).toBeGreaterThan(10_000_000_000_000n);
  });

  it('pays root', () => {
    const { ext: x } = engine.at();
    const paid = [...RootAlphaDividendsPerSubnet.iter(x)].filter(([, , amount]) => amount > 0n);
    expect(new Set(paid.map(([netuid]) => netuid)).size).toBe(SUBNETS.length);
    expect([...Keys.iterPrefix(x, 0)]).toHaveLength(VALIDATORS.length + [FIRST_ON_ROOT].length);
  });

  it('is on disk after one import', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'playground-'));
    const opened = await openEngine({ directory, source: () => ({ type: 'snapshot', data: decodeExport(shipped) }) });
    expect(opened.head).toEqual(engine.head);
    await opened.close();
    rmSync(directory, { recursive: true });
  });
});

/** Length of the compact length in front of an extrinsic. */
function compactBytes(bytes: Uint8Array): number {
  return [1, 2, 4, 5][bytes[0]! & 3]!;
}
