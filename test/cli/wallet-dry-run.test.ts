import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { PASSWORD, type WalletHome, walletHome } from '../helpers/wallet-home.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** Under --dry-run a command says what it would do, and nothing on the disk or on the chain is another than before. */

const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const PHRASE = 'legal winner thank year wave sausage worth useful legal winner thank yellow';

let it_: WalletHome;
let files: Record<'phrase' | 'password' | 'backup', string>;

beforeAll(async () => {
  it_ = walletHome();
  await it_.data(['wallet', 'create', '--wallet-name', 'w', '--hotkey', 'h', '--no-password', '--yes']);
  await it_.data(['localnet', 'fund', '--wallet-name', 'w', '--amount', '100', '--yes']);
  await it_.data(['wallet', 'associate-hotkey', '--wallet-name', 'w', '--hotkey', 'h', '--yes']);
  await it_.data(['address', 'add', 'bob', BOB]);
  files = {
    phrase: it_.write('phrase', PHRASE),
    password: it_.write('password', PASSWORD),
    backup: join(it_.home, 'backup.json'),
  };
  const password = ['--export-password-file', files.password];
  await it_.data(['wallet', 'export', '--wallet-name', 'w', '--file', files.backup, ...password]);
});

/** Every file that a command could have written, but for caches and the chain's database. */
function disk(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(it_.home, { recursive: true, withFileTypes: true })) {
    const path = relative(it_.home, join(entry.parentPath, entry.name));
    if (/^\.cache|localnet/.test(path)) continue;
    found[path] = entry.isFile() ? readFileSync(join(it_.home, path), 'latin1') : '';
  }
  return found;
}

const w = ['--wallet-name', 'w'];
const fresh = ['--wallet-name', 'fresh', '--no-password'];

const CALLS: readonly (() => string[])[] = [
  () => ['wallet', 'create', '--hotkey', 'h', ...fresh],
  () => ['wallet', 'new-coldkey', ...fresh],
  () => ['wallet', 'new-coldkey', ...w, '--no-password', '--overwrite'],
  () => ['wallet', 'new-hotkey', ...w, '--hotkey', 'i'],
  () => ['wallet', 'regen-coldkey', '--mnemonic-file', files.phrase, ...fresh],
  () => ['wallet', 'regen-hotkey', '--mnemonic-file', files.phrase, ...w, '--hotkey', 'i'],
  () => ['wallet', 'regen-coldkeypub', '--wallet-name', 'fresh', '--ss58', BOB],
  () => ['wallet', 'regen-hotkeypub', ...w, '--hotkey', 'i', '--ss58', BOB],
  () => ['wallet', 'import', files.backup, '--json-password-file', files.password, ...fresh],
  () => ['wallet', 'export', ...w, '--file', join(it_.home, 'other.json'), '--export-password-file', files.password],
  () => ['wallet', 'export', ...w, '--mnemonic-file', join(it_.home, 'other.txt')],
  () => ['wallet', 'change-password', ...w, '--new-password-file', files.password],
  () => ['wallet', 'rename', 'other', ...w],
  () => ['wallet', 'transfer', ...w, '--dest', 'bob', '--amount', '1'],
  () => ['wallet', 'associate-hotkey', ...w, '--hotkey-ss58', 'bob'],
  () => ['wallet', 'swap-hotkey', BOB, ...w, '--hotkey', 'h', '--all-netuids'],
  () => ['wallet', 'swap-coldkey', 'announce', ...w, '--new-coldkey', 'bob'],
  () => ['address', 'add', 'again', BOB],
  () => ['address', 'update', 'bob', '--note', 'x'],
  () => ['address', 'remove', 'bob'],
  () => ['localnet', 'fund', ...w, '--amount', '1'],
];

describe('--dry-run', () => {
  it(`of ${CALLS.length} commands that write, changes nothing`, { timeout: 600_000 }, async () => {
    const before = disk();
    const { block } = (await it_.run(['wallet', 'balance', ...w])).document.meta;
    for (const call of CALLS) {
      const args = call();
      const data = await it_.data([...args, '--dry-run', '--yes']);
      if (data.status === undefined) expect(data.written, args.join(' ')).toBe(false);
      else expect(data.status, args.join(' ')).toBe('planned');
      expect(Object.keys(disk()), args.join(' ')).toEqual(Object.keys(before));
    }
    expect(disk()).toEqual(before);
    expect((await it_.run(['wallet', 'balance', ...w])).document.meta.block).toBe(block);
  });
});
