import { beforeAll, describe, expect, it } from 'vitest';
import { startNode } from '../helpers/localnet.ts';
import { makeHome, runCli, runJson, runOnTerminal } from '../helpers/run-cli.ts';
import { expectValid } from '../helpers/schemas.ts';

describe('localnet advance', () => {
  let home: string;
  const advance = (...options: string[]) => runJson(['localnet', 'advance', ...options], { home });
  const head = async (): Promise<number> => (await runJson(['localnet', 'status'], { home })).document.data.chain.block;
  beforeAll(() => {
    home = makeHome();
  });

  it('makes so many blocks, and says how fast', async () => {
    const { document, code } = await advance('--blocks', '25');
    await expectValid(document);
    const { fromBlock, toBlock, blocks, seconds, blocksPerSecond } = document.data;
    expect([code, blocks, toBlock - fromBlock]).toEqual([0, 25, 25]);
    expect(seconds).toBeGreaterThan(0);
    expect(blocksPerSecond).toBeGreaterThan(0);
    expect(await head()).toBe(toBlock);
    expect(document.meta.block).toBe(toBlock);
  });

  it('goes up to a block, and no further', async () => {
    const target = (await head()) + 3;
    expect((await advance('--until-block', String(target))).document.data.toBlock).toBe(target);
    expect((await advance('--until-block', String(target))).document.data.blocks).toBe(0);
    const past = await advance('--until-block', String(target - 1));
    expect([past.code, past.document.error.code]).toEqual([12, 'VALIDATION']);
    const never = await advance('--until-block', '5000000000');
    expect(never.document.error.message).toBe(
      '--until-block: "5000000000" is not a whole number from 0 to 4294967295.',
    );
  });

  it("goes by the chain's own clock", async () => {
    expect((await advance('--days', '0.01')).document.data.blocks).toBe(72);
  });

  it('waits for epochs, of one subnet or of all', async () => {
    const one = (await advance('--epochs', '1', '--netuid', '5')).document.data;
    expect(one.epochs).toContainEqual({ netuid: 5, epochs: 1 });
    expect(one.blocks).toBeLessThanOrEqual(361);
    const all = (await advance('--epochs', '1')).document.data;
    expect(all.epochs.map(({ netuid }: { netuid: number }) => netuid)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(all.epochs.every(({ epochs }: { epochs: number }) => epochs >= 1)).toBe(true);
  });

  it('makes no block under --dry-run, and says how many it would make', async () => {
    const before = await head();
    for (const [goal, blocks] of [
      [['--blocks', '25'], 25],
      [['--days', '0.01'], 72],
    ] as const) {
      const { document, code } = await advance(...goal, '--dry-run');
      await expectValid(document);
      expect([code, document.data.planned, document.data.blocks]).toEqual([0, true, blocks]);
    }
    const { data } = (await advance('--epochs', '2', '--netuid', '5', '--dry-run')).document;
    expect(await head()).toBe(before);
    expect((await advance('--epochs', '2', '--netuid', '5')).document.data.toBlock).toBe(data.toBlock);
    const { stdout } = await runCli(['localnet', 'advance', '--blocks', '5', '--dry-run'], { home });
    expect(stdout).toBe(`Dry run: 5 blocks would be made, from ${data.toBlock} to ${data.toBlock + 5}.\n`);
  });

  it('keeps every block when it is interrupted', async () => {
    const before = await head();
    const { code, stdout } = await runCli(['localnet', 'advance', '--blocks', '1000000', '--json'], {
      home,
      onOutput: (printed, kill) => {
        if (printed.includes('Making blocks')) setTimeout(() => kill('SIGINT'), 500);
      },
    });
    expect(code).toBe(130);
    const { error } = JSON.parse(stdout) as { error: { code: string; data: { fromBlock: number; toBlock: number } } };
    expect(error.code).toBe('INTERRUPTED');
    expect(error.data.fromBlock).toBe(before);
    expect(error.data.toBlock).toBeGreaterThan(before);
    expect(await head()).toBe(error.data.toBlock);
  });

  it('tells of the blocks that were made before the node was ended', async () => {
    const place = makeHome();
    const node = await startNode(place);
    const lost = runJson(['localnet', 'advance', '--blocks', '1000000'], { home: place });
    while (
      Number(((await node.request('chain_getHeader')) as { number: string }).number) <
      node.document.data.block + 200
    ) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await node.end('SIGTERM');
    const { document, code } = await lost;
    await expectValid(document);
    expect([code, document.error.code]).toEqual([10, 'CONNECTION_LOST']);
    expect(document.error.data.blocks).toBeGreaterThan(0);
    expect(document.error.hints[0]).toBe(`At least ${document.error.data.blocks} blocks were made and stay.`);
    const status = await runJson(['localnet', 'status'], { home: place });
    expect(status.document.data.chain.block).toBeGreaterThanOrEqual(
      node.document.data.block + document.error.data.blocks,
    );
  });

  it('shows a bar on a terminal', async () => {
    const { stderr, code } = await runOnTerminal(['localnet', 'advance', '--blocks', '400'], [], { home });
    expect(code).toBe(0);
    expect(stderr).toMatch(/Making blocks [█░]+ +\d+% \d+\/400 +\d+ blocks\/s/);
  });

  it('refuses what makes no sense', async () => {
    const refused = async (...options: string[]): Promise<unknown> => {
      const { code, document } = await advance(...options);
      await expectValid(document);
      return [code, document.error.code];
    };
    expect(await refused('--blocks', '1', '--days', '1')).toEqual([2, 'USAGE']);
    expect(await refused('--blocks', '1', '--netuid', '5')).toEqual([2, 'USAGE']);
    expect(await refused('--blocks', '0')).toEqual([12, 'VALIDATION']);
    expect(await refused('--blocks', '-3')).toEqual([12, 'VALIDATION']);
    expect(await refused('--blocks', '1.5')).toEqual([12, 'VALIDATION']);
    expect(await refused('--blocks', '99999999')).toEqual([12, 'VALIDATION']);
    expect(await refused('--days', '0')).toEqual([12, 'VALIDATION']);
    expect(await refused('--epochs', '1', '--netuid', '99')).toEqual([12, 'UNKNOWN_SUBNET']);
    expect(await refused('--epochs', '1', '--netuid', '0')).toEqual([12, 'UNKNOWN_SUBNET']);
    expect(await refused('--blocks', '1', '--network', 'test')).toEqual([2, 'USAGE']);
    const asked = await advance();
    expect([asked.code, asked.document.error.data.needs[0].flag]).toEqual([2, '--blocks']);
  });
});
