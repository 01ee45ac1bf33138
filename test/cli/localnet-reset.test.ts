import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chainFolder } from '../helpers/localnet.ts';
import { CTRL_C, ENTER, makeHome, runJson, runOnTerminal } from '../helpers/run-cli.ts';
import { expectValid } from '../helpers/schemas.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const blockOf = async (home: string): Promise<number> =>
  (await runJson(['localnet', 'status'], { home })).document.data.chain.block;

async function homeWithBlock(): Promise<string> {
  const home = makeHome();
  await runJson(['localnet', 'fund', '--ss58', ALICE, '--amount', '1', '--yes'], { home });
  return home;
}

describe('localnet status', () => {
  it('makes no chain by looking', async () => {
    const home = makeHome();
    const { document, code } = await runJson(['localnet', 'status'], { home });
    await expectValid(document);
    expect([code, document.data.chain, document.data.running]).toEqual([0, null, false]);
    expect(existsSync(chainFolder(home))).toBe(false);
  });
});

describe('localnet reset', () => {
  it('begins anew, from either preset', async () => {
    const home = await homeWithBlock();
    const before = await blockOf(home);
    const { document } = await runJson(['localnet', 'reset', '--yes'], { home });
    await expectValid(document);
    expect(document.data).toMatchObject({ existed: true, preset: 'playground', planned: false, block: before - 1 });
    expect(await blockOf(home)).toBe(before - 1);
    const bare = await runJson(['localnet', 'reset', '--preset', 'subtensor', '--fast', '--yes'], { home });
    expect(bare.document.data).toMatchObject({ preset: 'subtensor', fast: true, block: 0 });
  });

  it('wants the word typed, and does nothing without it', async () => {
    const home = await homeWithBlock();
    const before = await blockOf(home);
    const unasked = await runJson(['localnet', 'reset'], { home });
    expect([unasked.code, unasked.document.error.code]).toEqual([14, 'CONFIRMATION_REQUIRED']);
    const wrong = await runOnTerminal(['localnet', 'reset'], [{ expect: 'Type reset', send: `yes${ENTER}` }], { home });
    expect(wrong.code).toBe(14);
    const interrupted = await runOnTerminal(['localnet', 'reset'], [{ expect: 'Type reset', send: CTRL_C }], { home });
    expect(interrupted.code).toBe(130);
    const planned = await runJson(['localnet', 'reset', '--dry-run'], { home });
    expect(planned.document.data.planned).toBe(true);
    expect(await blockOf(home)).toBe(before);
    const typed = await runOnTerminal(['localnet', 'reset'], [{ expect: 'Type reset', send: `reset${ENTER}` }], {
      home,
    });
    expect(typed.code).toBe(0);
    expect(await blockOf(home)).toBe(before - 1);
  });

  it('never deletes what is no local chain', async () => {
    const home = makeHome();
    const folder = chainFolder(home);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'chain.mdb'), 'mine');
    writeFileSync(join(folder, 'thesis.txt'), 'mine');
    const { code, document } = await runJson(['localnet', 'reset', '--yes'], { home });
    await expectValid(document);
    expect([code, document.error.code, document.error.data.foreign]).toEqual([12, 'VALIDATION', ['thesis.txt']]);
    expect(readdirSync(folder).sort()).toEqual(['chain.mdb', 'thesis.txt']);
  });

  it('refuses while another process has the chain open', async () => {
    const home = makeHome();
    await runJson(['localnet', 'start', '--port', '0', '--detach'], { home });
    const { code, document } = await runJson(['localnet', 'reset', '--yes'], { home });
    expect([code, document.error.code]).toEqual([16, 'FILE_LOCKED']);
    await runJson(['localnet', 'stop'], { home });
  });

  it('helps where the chain cannot be opened: damaged, or made by a newer version', async () => {
    const home = await homeWithBlock();
    const folder = chainFolder(home);
    await raiseFormat(folder);
    const newer = await runJson(['localnet', 'status'], { home });
    expect([newer.code, newer.document.error.code]).toEqual([16, 'FILE_NEWER_VERSION']);
    expect(newer.document.error.hints.join(' ')).toContain('localnet reset');
    expect((await runJson(['localnet', 'reset', '--yes'], { home })).code).toBe(0);
    writeFileSync(join(folder, 'chain.mdb'), 'x'.repeat(20_000));
    const damaged = await runJson(['subnet', 'list'], { home });
    expect([damaged.code, damaged.document.error.code]).toEqual([16, 'FILE_FAILED']);
    expect((await runJson(['localnet', 'reset', '--yes'], { home })).code).toBe(0);
    expect((await runJson(['subnet', 'list'], { home })).code).toBe(0);
  });

  it('says what stands in the way of the data directory', async () => {
    const home = makeHome();
    mkdirSync(dirname(chainFolder(home)), { recursive: true });
    writeFileSync(chainFolder(home), 'a file');
    const { code, document } = await runJson(['localnet', 'reset', '--yes'], { home });
    expect([code, document.error.code]).toEqual([12, 'VALIDATION']);
    const used = await runJson(['subnet', 'list'], { home });
    expect(used.code).toBe(16);
  });
});

/** As a later version of the program would leave the chain. */
async function raiseFormat(folder: string): Promise<void> {
  const { open } = await import('lmdb');
  const root = open({
    path: join(folder, 'chain.mdb'),
    encoding: 'binary',
    keyEncoding: 'binary',
    overlappingSync: false,
  });
  const meta = root.openDB({ name: 'meta', encoding: 'binary', keyEncoding: 'binary' });
  const key = Buffer.from('chain');
  const record = { ...(JSON.parse(meta.getBinary(key)!.toString()) as object), format: 99 };
  await meta.put(key, Buffer.from(JSON.stringify(record)));
  await root.close();
}
