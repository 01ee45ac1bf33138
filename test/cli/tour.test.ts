import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../helpers/project-root.ts';
import { cleanEnvironment, makeHome } from '../helpers/run-cli.ts';

const ESCAPE = '\u001b';

function tour(env: Readonly<Record<string, string>>) {
  return spawnSync(process.execPath, [join('scripts', 'run.mjs'), 'tour'], {
    cwd: ROOT,
    env: { ...cleanEnvironment(makeHome()), NO_COLOR: '1', ...env },
    encoding: 'utf8',
  });
}

describe('the tour', () => {
  let played: ReturnType<typeof tour>;
  let home: string;
  beforeAll(() => {
    // What a user has set must not lead it elsewhere.
    played = tour({ BTCLI_NETWORK: 'finney', BT_WALLET_PATH: '/nonexistent', BTCLI_DRY_RUN: '1' });
    home = /It plays in (\S+),/.exec(played.stdout)?.[1] ?? '';
  });
  afterAll(() => {
    if (home !== '') rmSync(home, { recursive: true, force: true });
  });

  it('plays to the end without a terminal and without colours', () => {
    expect(played.stderr).toBe('');
    expect(played.status).toBe(0);
    expect(played.stdout).toContain('network: local');
    expect(played.stdout).not.toContain(ESCAPE);
  });

  it('prints each command that it runs', () => {
    const commands = [...played.stdout.matchAll(/^\$ btcli-ts (\S+ \S+)/gm)].map(([, name]) => name);
    expect(commands).toEqual([
      'wallet create',
      'localnet fund',
      'subnet list',
      'swap quote',
      'stake add',
      'stake list',
      'swap quote',
      'stake remove',
      'localnet advance',
      'stake list',
    ]);
  });

  it('accounts for every rao, and for what was earned', () => {
    expect(played.stdout.match(/^ {2}✓ /gm)).toHaveLength(5);
    expect(played.stdout).toMatch(/Its stakers shared +\d+\.\d{9} ε/);
    expect(played.stdout).toMatch(/So the wallet’s stake grew by +0\.\d{9} ε/);
  });

  it('leaves a home in which its commands work by hand', () => {
    const script = `. ${home}/env.sh && btcli-ts stake list --wallet-name tour --json`;
    const { stdout, status } = spawnSync('sh', ['-c', script], { env: cleanEnvironment(makeHome()), encoding: 'utf8' });
    expect(status).toBe(0);
    const { data } = JSON.parse(stdout) as { data: { positions: { netuid: number }[] } };
    expect(data.positions.map(({ netuid }) => netuid)).toEqual([5]);
    expect(existsSync(join(home, 'data', 'localnet'))).toBe(true);
  });

  it('fails loudly when it cannot play', () => {
    const { status, stderr } = tour({ TMPDIR: '/nonexistent' });
    expect(status).not.toBe(0);
    expect(stderr).toContain('ENOENT');
  });
});
