import { beforeAll, describe, expect, test } from 'vitest';
import { unitsOf } from '../../src/lib/units.ts';
import { CTRL_C, ENTER, makeHome, runCli, runJson, runOnTerminal } from '../helpers/run-cli.ts';
import { expectValid } from '../helpers/schemas.ts';

// On the playground: subnets with validators and miners whose epochs have run.

let home: string;
const run = async (...args: string[]) => {
  const result = await runJson(args, { home, timeout: 120_000 });
  await expectValid(result.document);
  return result;
};

beforeAll(async () => {
  home = makeHome();
  const advanced = await run('localnet', 'advance', '--epochs', '1');
  expect(advanced.code).toBe(0);
}, 120_000);

describe('epoch show', () => {
  test('lists the neurons of the last epoch, sorted and filtered as asked', async () => {
    const { document } = await run(
      'epoch',
      'show',
      '--netuid',
      '1',
      '--sort',
      '-emissionAlpha',
      '--filter',
      'incentive>0',
    );
    const { neurons, block } = document.data;
    expect(block).toBeGreaterThan(0);
    expect(neurons.length).toBeGreaterThan(1);
    const earned = neurons.map((row: { emissionAlpha: string }) => unitsOf(row.emissionAlpha));
    expect(earned).toEqual([...earned].sort((a, b) => (a < b ? 1 : -1)));
  });

  test('prints CSV with the columns asked for', async () => {
    const { stdout } = await runCli(['epoch', 'show', '--netuid', '2', '--csv', '--columns', 'uid,trust'], { home });
    expect(stdout.split('\n')[0]).toBe('uid,trust');
    expect(stdout).toMatch(/^\d+,[01]\.\d{6}$/m);
  });

  test('of root there is none, and `subnet show` names none', async () => {
    const of = async (netuid: string) => (await runCli(['subnet', 'show', '--netuid', netuid], { home })).stdout;
    expect(await of('1')).toMatch(/Epoch +\d+ of \d+ blocks/);
    expect(await of('0')).not.toMatch(/Epoch/);
  });

  test('names subnets and mechanisms that are not there', async () => {
    expect((await run('epoch', 'show', '--netuid', '99')).document.error.code).toBe('UNKNOWN_SUBNET');
    expect((await run('epoch', 'show', '--netuid', '1', '--mechanism', '3')).document.error.code).toBe('VALIDATION');
    expect((await run('epoch', 'show', '--netuid', '1', '--mechanism', 'x')).code).toBe(2);
  });

  test('knows that root has neurons and no epochs', async () => {
    const { data } = (await run('epoch', 'show', '--netuid', '0')).document;
    expect(data).toMatchObject({ block: null, nextBlock: null });
    expect(data.neurons.length).toBeGreaterThan(0);
    const { stdout } = await runCli(['epoch', 'show', '--netuid', '0'], { home });
    expect(stdout).toContain('Next epoch  root has none');
    const why = await run('epoch', 'explain', '--netuid', '0', '--uid', '0');
    expect([why.code, why.document.error.message]).toEqual([12, expect.stringContaining('Root (0) has no epochs')]);
    expect(why.document.error.hints.join()).not.toContain('advance');
    for (const command of ['show', 'forecast']) {
      const { code, document } = await run('emission', command, '--netuid', '0');
      expect([code, document.error.code]).toEqual([12, 'VALIDATION']);
    }
  });
});

describe('epoch explain', () => {
  test('recomputes exactly what the chain stored, for validators and miners', async () => {
    const shown = (await run('epoch', 'show', '--netuid', '1')).document.data;
    for (const { uid, emissionAlpha } of shown.neurons.slice(1, 4)) {
      const { document } = await run('epoch', 'explain', '--netuid', '1', '--uid', String(uid));
      const { check, neuron, block } = document.data;
      expect(check).toMatchObject({ equal: true, differences: [], registeredSince: [] });
      expect(check.compared).toBeGreaterThan(50);
      expect(block).toBe(shown.block);
      expect(neuron.emissionAlpha).toBe(emissionAlpha);
      expect(document.warnings).toEqual([]);
    }
  });

  test('shows a what-if beside what was', async () => {
    const { data } = (await run('epoch', 'explain', '--netuid', '1', '--uid', '3', '--set', 'weight=2/3:0')).document;
    expect(data.whatIf.changes).toEqual(['weight=2/3:0']);
    expect(unitsOf(data.whatIf.neuron.incentiveAlpha)).toBeLessThan(unitsOf(data.neuron.incentiveAlpha));
    const total = (key: string): bigint =>
      data.whatIf.others.reduce((sum: bigint, other: Record<string, string>) => sum + unitsOf(other[key]!), 0n);
    const moved = total('incentiveAlpha') - total('incentiveAlphaAfter');
    expect(moved > -10n && moved < 10n).toBe(true);
  });

  test('says it in words', async () => {
    const { stdout, code } = await runCli(['epoch', 'explain', '--netuid', '1', '--uid', '2'], { home });
    expect(code).toBe(0);
    for (const step of [
      '1. What there was to share',
      '2. Its stake',
      '5. Its bonds and dividends',
      '7. What was paid',
    ]) {
      expect(stdout).toContain(step);
    }
    expect(stdout).toMatch(/✓ All \d+ values recomputed from block \d+ equal what the chain stored\./);
    expect(stdout).not.toContain('\u001b');
  });

  test('asks for what is missing, and names it without a terminal', async () => {
    const { document, code } = await run('epoch', 'explain', '--netuid', '1');
    expect(code).toBe(2);
    expect(document.error.data.needs[0].flag).toBe('--uid');
    const both = await run('epoch', 'explain');
    expect(both.document.error.data.needs.map(({ flag }: { flag: string }) => flag)).toEqual(['--netuid', '--uid']);
    const asked = await runOnTerminal(
      ['epoch', 'explain', '--netuid', '1'],
      [{ expect: 'Which neuron?', send: ENTER }],
      { home, timeout: 60_000 },
    );
    expect(asked.stdout).toContain('Uid 0 of subnet 1');
    expect(asked.stderr).toContain('--uid 0');
  });

  test('refuses changes that mean nothing', async () => {
    const { document, code } = await run('epoch', 'explain', '--netuid', '1', '--uid', '2', '--set', 'weigth=1:2');
    expect([code, document.error.code]).toEqual([2, 'USAGE']);
    for (const hint of document.error.hints) expect(hint).toMatch(/^Write --set [^.]*[^,.]\.$/);
  });
});

describe('emission show', () => {
  test('adds up, block by block and subnet by subnet', async () => {
    const { data } = (await run('emission', 'show')).document;
    const sum = (key: string): bigint =>
      data.subnets.reduce((total: bigint, subnet: Record<string, string>) => total + unitsOf(subnet[key]!), 0n);
    expect(sum('injectedTao') + sum('chainBuysTao') + unitsOf(data.recycledTao)).toBe(unitsOf(data.blockEmissionTao));
    expect(data.blockEmissionTao).toBe('1.000000000');
    expect(data.dayEmissionTao).toBe('7200.000000000');
    expect(data.capTao).toBe('21000000.000000000');
    expect(data.nextHalving.issuance).toBe('10500000.000000000');
    expect(sum('mintedAlpha')).toBe(unitsOf(data.totals.mintedAlpha));
  });

  test('shows one subnet with the curve of its alpha, and plots it without colours', async () => {
    const { data } = (await run('emission', 'show', '--netuid', '3')).document;
    expect(data.subnets.map(({ netuid }: { netuid: number }) => netuid)).toEqual([3]);
    expect(data.curve.of).toBe('alpha of subnet 3');
    const { stdout } = await runCli(['emission', 'show'], { home });
    expect(stdout).toContain('Next halving');
    expect(stdout).toMatch(/[⠁-⣿]{5}/u);
    expect(stdout).not.toContain('\u001b');
  });
});

describe('emission forecast', () => {
  test('runs forward on a copy and leaves the chain where it was', async () => {
    const before = (await run('emission', 'show')).document;
    const { document } = await run('emission', 'forecast', '--days', '0.02', '--netuid', '2');
    const { data } = document;
    expect(data.blocks).toBe(144);
    expect(data.fromBlock).toBe(before.meta.block);
    expect(data.subnets).toHaveLength(1);
    expect((await run('emission', 'show')).document.meta.block).toBe(before.meta.block);
    await run('localnet', 'advance', '--blocks', '144');
    const after = (await run('emission', 'show')).document.data;
    expect(data.issuanceAfterTao).toBe(after.issuanceTao);
    const subnet = after.subnets.find(({ netuid }: { netuid: number }) => netuid === 2);
    expect(data.subnets[0].priceAfterTao).toBe(subnet.priceTao);
    expect(data.subnets[0].issuanceAfterAlpha).toBe(subnet.issuanceAlpha);
  });

  test('stops on Ctrl-C and says that nothing was touched', async () => {
    const { code, stderr } = await runOnTerminal(
      ['emission', 'forecast', '--days', '3650'],
      [{ expect: 'blocks/s', send: CTRL_C }],
      { home, timeout: 60_000 },
    );
    expect(code).toBe(130);
    expect(stderr).toContain('the chain was not touched');
  });

  test('is for the local chain, and for a sensible time', async () => {
    expect((await run('emission', 'forecast', '--network', 'finney')).code).toBe(2);
    expect((await run('emission', 'forecast', '--days', '0')).code).toBe(2);
    expect((await run('emission', 'forecast', '--days', '9999')).code).toBe(2);
  });
});
