import { execFileSync } from 'node:child_process';
import { chmod, chown, link, mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createKeys } from '../../../src/lib/wallet/create-key.ts';
import { pathError, readGuarded } from '../../../src/lib/wallet/files.ts';
import { COLDKEY, hotkey, privateKeyPath, publicKeyPath } from '../../../src/lib/wallet/layout.ts';
import { fixedPassword } from '../../../src/lib/wallet/password.ts';
import { readPublicKey } from '../../../src/lib/wallet/read-key.ts';
import { unlockSigner } from '../../../src/lib/wallet/unlock.ts';
import { failsWith, fixtureWallets, removeTemporaryFolders, temporaryFolder, utf8 } from './fixtures.ts';

afterAll(removeTemporaryFolders);

// Each argon2 takes seconds and half a gigabyte, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

const now = () => new Date(0);
const password = fixedPassword('Btcli-ts fixture pass 1!');
const isRoot = process.geteuid?.() === 0;
if (!isRoot) console.error('!!! NOT TESTED: files of foreign owners (needs root)');

async function plainWallet() {
  const wallet = { root: await temporaryFolder(), name: 'w' };
  await createKeys(
    wallet,
    [
      { key: COLDKEY, source: { kind: 'uri', uri: utf8('//A') } },
      { key: hotkey('h'), source: { kind: 'uri', uri: utf8('//B') } },
    ],
    { now },
  );
  return wallet;
}

const create = (wallet: { root: string; name: string }, name: string) =>
  createKeys(wallet, [{ key: hotkey(name), source: { kind: 'uri', uri: utf8('//X') } }], { now });

describe('a path that cannot be used', () => {
  it('is named once, in a sentence', () => {
    const error = pathError(Object.assign(new Error('x'), { code: 'EACCES' }), '/home/me/.bittensor');
    expect(error.message).toBe('/home/me/.bittensor cannot be used: access is denied.');
    expect(error.hints).toEqual([]);
  });
});

describe('symbolic links', () => {
  it('a key file that is one is not read', async () => {
    const wallet = await plainWallet();
    const path = privateKeyPath(wallet, hotkey('h'));
    await rm(path);
    await symlink(privateKeyPath(wallet, COLDKEY), path);
    await failsWith('FILE_SYMLINK', unlockSigner({ wallet, key: hotkey('h'), password }));
    await rm(publicKeyPath(wallet, COLDKEY));
    await symlink('/etc/passwd', publicKeyPath(wallet, COLDKEY));
    await failsWith('FILE_SYMLINK', readPublicKey(wallet, COLDKEY));
  });

  it('nothing is written through one: file, dangling link, folders', async () => {
    const wallet = await plainWallet();
    const outside = await temporaryFolder();
    await symlink(join(outside, 'target'), privateKeyPath(wallet, hotkey('n')));
    await failsWith('KEYFILE_EXISTS', create(wallet, 'n'));
    await symlink(outside, join(wallet.root, 'linked'));
    await failsWith('FILE_SYMLINK', create({ ...wallet, name: 'linked' }, 'n'));
    const second = { ...wallet, name: 'second' };
    await mkdir(join(wallet.root, 'second'), { mode: 0o700 });
    await symlink(outside, join(wallet.root, 'second', 'hotkeys'));
    await failsWith('FILE_SYMLINK', create(second, 'n'));
    await failsWith('FILE_NOT_FOUND', readGuarded(join(outside, 'target'), { maxBytes: 10 }));
  });

  it('the folder of all wallets may be behind one', async () => {
    const wallet = await plainWallet();
    const path = join(await temporaryFolder(), 'wallets');
    await symlink(wallet.root, path);
    await create({ root: path, name: 'w' }, 'n');
    expect((await readPublicKey(wallet, hotkey('n'))).warnings).toEqual([]);
  });
});

describe('modes', () => {
  it.each([0o640, 0o604, 0o644])(
    'an unencrypted key of mode %o is refused, with the command that helps',
    async (mode) => {
      const wallet = await plainWallet();
      const path = privateKeyPath(wallet, hotkey('h'));
      await chmod(path, mode);
      const error = await failsWith('FILE_EXPOSED', unlockSigner({ wallet, key: hotkey('h'), password }));
      expect(error.hints).toEqual([`chmod 600 ${path}`]);
      expect(error.data.mode).toBe(mode.toString(8));
    },
  );

  it('an encrypted key may be readable, never writable by others', async () => {
    const wallet = { root: await fixtureWallets('bittensor-wallet-4.1.1'), name: 'cold12-nacl' };
    const path = privateKeyPath(wallet, COLDKEY);
    await chmod(path, 0o644);
    expect((await unlockSigner({ wallet, key: COLDKEY, password })).value.scheme).toBe('sr25519');
    await chmod(path, 0o666);
    await failsWith('FILE_EXPOSED', unlockSigner({ wallet, key: COLDKEY, password }));
  });

  it('a public file that anyone can change is refused: it could show another address', async () => {
    const wallet = await plainWallet();
    await chmod(publicKeyPath(wallet, COLDKEY), 0o666);
    await failsWith('FILE_EXPOSED', readPublicKey(wallet, COLDKEY));
  });

  it('nothing is written into a folder that everyone can write into', async () => {
    const wallet = await plainWallet();
    await chmod(join(wallet.root, 'w'), 0o777);
    await failsWith('FILE_EXPOSED', create(wallet, 'n'));
  });
});

describe.skipIf(!isRoot)('foreign owners', () => {
  it('root is told, others are refused', async () => {
    const wallet = await plainWallet();
    for (const folder of [wallet.root, join(wallet.root, 'w'), join(wallet.root, 'w', 'hotkeys')])
      await chmod(folder, 0o755);
    const path = privateKeyPath(wallet, hotkey('h'));
    await chown(path, 12345, 12345);
    const { warnings } = await unlockSigner({ wallet, key: hotkey('h'), password });
    expect(warnings.map((warning) => warning.code)).toEqual(['FILE_FOREIGN_OWNER']);
    const open = publicKeyPath(wallet, hotkey('h'));
    await chown(open, 12345, 12345);
    await chmod(open, 0o644);
    process.seteuid?.(65534);
    try {
      await failsWith('FILE_FOREIGN_OWNER', readPublicKey(wallet, hotkey('h')));
      await failsWith('FILE_ACCESS_DENIED', unlockSigner({ wallet, key: hotkey('h'), password }));
    } finally {
      process.seteuid?.(0);
    }
  });
});

describe('odd files', () => {
  it('folders, pipes and huge files are refused at once', async () => {
    const root = await temporaryFolder();
    await failsWith('FILE_NOT_REGULAR', readGuarded(root, { maxBytes: 10 }));
    execFileSync('mkfifo', [join(root, 'pipe')]);
    await failsWith('FILE_NOT_REGULAR', readGuarded(join(root, 'pipe'), { maxBytes: 10 }));
    await writeFile(join(root, 'big'), 'x'.repeat(11), { mode: 0o600 });
    await failsWith('FILE_TOO_LARGE', readGuarded(join(root, 'big'), { maxBytes: 10 }));
    await failsWith('FILE_NOT_FOUND', readGuarded(join(root, 'none'), { maxBytes: 10 }));
  });

  it('a public file that names another key than the private one is an error', async () => {
    const wallet = await plainWallet();
    await rm(publicKeyPath(wallet, hotkey('h')));
    await link(publicKeyPath(wallet, COLDKEY), publicKeyPath(wallet, hotkey('h')));
    const error = await failsWith('KEYFILE_INCONSISTENT', unlockSigner({ wallet, key: hotkey('h'), password }));
    expect(error.data.statedAddress).not.toBe(error.data.derivedAddress);
  });

  it('a missing public file comes back at the next unlock, 0600', async () => {
    const wallet = await plainWallet();
    const path = publicKeyPath(wallet, hotkey('h'));
    await rm(path);
    const { warnings, value } = await unlockSigner({ wallet, key: hotkey('h'), password });
    expect(warnings.map((warning) => warning.code)).toEqual(['PUBLIC_FILE_RESTORED']);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await readPublicKey(wallet, hotkey('h'))).key.address).toBe(value.address);
  });

  it('what is missing is named: wallet, or key', async () => {
    const wallet = await plainWallet();
    await failsWith('WALLET_NOT_FOUND', unlockSigner({ wallet: { ...wallet, name: 'none' }, key: COLDKEY, password }));
    await failsWith('KEYFILE_NOT_FOUND', readPublicKey(wallet, hotkey('none')));
    const error = await failsWith(
      'KEYFILE_NOT_FOUND',
      unlockSigner({ wallet, key: hotkey('none'), password, reason: 'to register' }),
    );
    expect(error.hints.join()).toContain('needed to register');
  });
});
