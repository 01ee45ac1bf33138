import { spawnSync } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import { cleanEnvironment, RUN_JS } from '../helpers/run-cli.ts';
import { expectValid } from '../helpers/schemas.ts';
import { PASSWORD, walletHome } from '../helpers/wallet-home.ts';

// Three argon2 in a row, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

/** The commands of `wallet keychain` against a real Secret Service in a D-Bus session of its own. */

const SESSION = 'dbus-run-session';
const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const secretService = process.platform === 'linux' && has(SESSION) && has('gnome-keyring-daemon');
if (!secretService) {
  console.error('!!! NOT TESTED: wallet keychain commands with a real Secret Service (run scripts/ci-system-deps.sh)');
}

const ADDRESS = '5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV';
const UNLOCK = 'printf secret | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1';
const on = '--wallet-name nacl --json';

describe.runIf(secretService)('wallet keychain', () => {
  it('saves a password that opens the key, signs with it, and deletes it', async () => {
    const it_ = walletHome();
    it_.copy('cold12-nacl', 'nacl');
    const password = it_.write('pw', PASSWORD);
    const commands = [
      `wallet keychain show ${on}`,
      `wallet keychain save ${on} --wallet-password-file ${password}`,
      `wallet keychain show ${on}`,
      `wallet sign --message x ${on}`,
      `wallet keychain delete ${on}`,
      `wallet keychain delete ${on}`,
      `wallet sign --message x ${on}`,
    ];
    const script = [UNLOCK, ...commands.map((one) => `"${process.execPath}" "${RUN_JS}" ${one}; echo ----`)].join('\n');
    const { stdout } = spawnSync(SESSION, ['--', 'bash', '-c', script], {
      env: { ...cleanEnvironment(it_.home), XDG_RUNTIME_DIR: it_.home },
      encoding: 'utf8',
      timeout: 170_000,
    });
    const documents = stdout
      .split('----\n')
      .filter((text) => text.trim() !== '')
      .map((text) => JSON.parse(text));
    expect(documents).toHaveLength(commands.length);
    for (const document of documents) await expectValid(document);
    const [before, saved, after, signed, deleted, again, unsigned] = documents;
    expect(before.data).toMatchObject({ saved: false, keychain: 'Secret Service', address: ADDRESS });
    expect(saved.data).toMatchObject({ saved: true, changed: true });
    expect(after.data.saved).toBe(true);
    expect(signed.data.signerAddress).toBe(ADDRESS);
    expect(deleted.data).toMatchObject({ saved: false, changed: true });
    expect(again.error.code).toBe('KEYCHAIN_NO_ENTRY');
    expect(unsigned.error.code).toBe('INPUT_REQUIRED');
    expect(stdout).not.toContain(PASSWORD);
  });
});
