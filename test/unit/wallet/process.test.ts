import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { COLDKEY } from '../../../src/lib/wallet/layout.ts';
import { fixedPassword } from '../../../src/lib/wallet/password.ts';
import { readPublicKey } from '../../../src/lib/wallet/read-key.ts';
import { unlockSigner } from '../../../src/lib/wallet/unlock.ts';
import { ROOT } from '../../helpers/project-root.ts';
import { fixtureWallets, removeTemporaryFolders, temporaryFolder } from './fixtures.ts';

// Processes that start Node and argon2, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

const folder = join(ROOT, '.tmp', `wallet-process-${process.pid}`);
const door = join(ROOT, 'src/lib/wallet/index.ts');

/** As the published program is bundled. */
const options: BuildOptions = {
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  external: ['@node-rs/argon2', '@napi-rs/keyring'],
};

/** Bundles a script against the wallet's public door. */
async function bundle(name: string, source: string): Promise<string> {
  const entry = join(folder, `${name}.ts`);
  const outfile = join(folder, `${name}.mjs`);
  writeFileSync(entry, source.replace('WALLET', JSON.stringify(door)));
  await build({
    ...options,
    entryPoints: [entry],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
  });
  return outfile;
}

beforeAll(() => mkdirSync(folder, { recursive: true }));
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await removeTemporaryFolders();
});

describe('processes', () => {
  it('of several that create the same wallet one wins, the others say that it exists', async () => {
    const script = await bundle(
      'race',
      `import { COLDKEY, createKeys } from WALLET;
       const [root, start] = process.argv.slice(2);
       while (Date.now() < Number(start)) {}
       createKeys({ root, name: 'w' }, [{ key: COLDKEY, source: { kind: 'new' } }], { now: () => new Date() })
         .then(({ keys }) => console.log(keys[0].address), (error) => console.log(error.code));`,
    );
    for (let round = 0; round < 3; round++) {
      const root = await temporaryFolder();
      const start = String(Date.now() + 700);
      const outputs = await Promise.all(
        Array.from({ length: 4 }, () => {
          const child = spawn(process.execPath, [script, root, start], { stdio: ['ignore', 'pipe', 'inherit'] });
          return new Promise<string>((resolve) => {
            let output = '';
            child.stdout.on('data', (data: Buffer) => {
              output += data.toString();
            });
            child.on('close', () => resolve(output.trim()));
          });
        }),
      );
      const winners = outputs.filter((output) => output.startsWith('5'));
      expect(outputs.filter((output) => output === 'KEYFILE_EXISTS')).toHaveLength(3);
      expect(winners).toHaveLength(1);
      const wallet = { root, name: 'w' };
      expect((await readPublicKey(wallet, COLDKEY)).key.address).toBe(winners[0]);
      expect((await unlockSigner({ wallet, key: COLDKEY, password: fixedPassword('') })).value.address).toBe(
        winners[0],
      );
    }
  });

  it('the public door loads no cryptography and no native module', async () => {
    const built = await build({ ...options, entryPoints: [door], outdir: folder, metafile: true, write: false });
    const metafile = built.metafile as Metafile;
    const entry = Object.entries(metafile.outputs).find(([, output]) =>
      output.entryPoint?.endsWith('wallet/index.ts'),
    )?.[0];
    const waiting = [entry as string];
    const loaded = new Set<string>();
    const foreign = new Set<string>();
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const output = metafile.outputs[path];
      if (output === undefined) continue;
      for (const input of Object.keys(output.inputs)) loaded.add(input);
      for (const item of output.imports) {
        if (item.kind !== 'import-statement') continue;
        if (item.external) foreign.add(item.path);
        else waiting.push(item.path);
      }
    }
    expect([...loaded].filter((input) => input.includes('node_modules'))).toEqual([]);
    expect([...foreign].filter((module) => !module.startsWith('node:'))).toEqual([]);
    expect(loaded.size).toBeGreaterThan(20);
  });

  describe('secrets in memory', () => {
    const script = (leak: boolean) => `
      import { COLDKEY, passwordProvider, unlockKeyPair, unlockSigner, withSigner } from WALLET;
      const [root, name, file] = process.argv.slice(2);
      const request = { wallet: { root, name }, key: COLDKEY, password: passwordProvider({ file }) };
      const { value } = await unlockSigner(request);
      await withSigner(value, (signer) => signer.sign(new Uint8Array(300)));
      ${leak ? 'globalThis.planted = (await unlockKeyPair(request)).value;' : ''}
      // What OpenSSL holds is cleansed when its key object is collected.
      await new Promise((resolve) => setImmediate(resolve));
      globalThis.gc();
      await new Promise((resolve) => setImmediate(resolve));
      console.log('ready');
      setInterval(() => {}, 1000);`;

    /** How often each secret is in the memory of a process that has signed and disposed; `undefined` where it cannot be read. */
    async function secretsInMemory(wallet: string, leak: boolean): Promise<Record<string, number> | undefined> {
      const root = await fixtureWallets('bittensor-wallet-4.1.1');
      const file = join(root, 'password');
      writeFileSync(file, PASSWORD, { mode: 0o600 });
      const program = await bundle(leak ? 'leak' : 'clean', script(leak));
      const child = spawn(process.execPath, ['--expose-gc', program, root, wallet, file], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        await new Promise((resolve, reject) => {
          child.stdout.once('data', resolve);
          child.once('exit', reject);
        });
        return scan(child.pid as number);
      } finally {
        child.kill();
      }
    }

    it.each([
      ['sr25519, encrypted', 'cold12-nacl', ['phrase', 'seed', 'scalar', 'nonce']],
      ['ed25519', 'ed25519-cold', ['phrase', 'seed']],
    ])('%s: after a signature and dispose none is left, and a planted leak is found', async (_, wallet, planted) => {
      const clean = await secretsInMemory(wallet, false);
      if (clean === undefined) {
        console.error('!!! NOT TESTED: secrets in the memory of a process (needs /proc/<pid>/mem)');
        return;
      }
      expect(clean).toEqual(Object.fromEntries(Object.keys(SECRETS).map((name) => [name, 0])));
      const leaking = (await secretsInMemory(wallet, true)) as Record<string, number>;
      for (const name of planted) expect(leaking[name], name).toBeGreaterThan(0);
    });
  });
});

const PASSWORD = 'Btcli-ts fixture pass 1!';

/** Everything that is held on the way to a signature, by our own buffers and by the signing library. */
const SECRETS = {
  password: Buffer.from(PASSWORD),
  phrase: Buffer.from('bottom drive obey lake curtain smoke'),
  'private key as hex': Buffer.from('05d65584630d16cd4af6d0bec10f34bb504a5dcb'),
  'seed as hex': Buffer.from('fac7959dbfe72f052e5a0c3c8d6530f202b02fd8'),
  seed: Buffer.from('fac7959dbfe72f052e5a0c3c8d6530f202b02fd8f9f5ca3580ec8deb7797479e', 'hex'),
  scalar: Buffer.from('05d65584630d16cd4af6d0bec10f34bb504a5dcb62dba2122d49f5a663763d0a', 'hex'),
  'scalar as the library takes it': Buffer.from(
    '28b0ae221c6bb06856b287f60d7ea0d98552ea5a16db16956849aa371db3eb51',
    'hex',
  ),
  nonce: Buffer.from('fd190cce74df356432b410bd64682309d6dedb27c76845daf388557cbac3ca34', 'hex'),
};

function scan(pid: number): Record<string, number> | undefined {
  const found = Object.fromEntries(Object.keys(SECRETS).map((name) => [name, 0]));
  try {
    const memory = openSync(`/proc/${pid}/mem`, 'r');
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const range = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
      if (range === null) continue;
      const start = Number.parseInt(range[1] as string, 16);
      const bytes = Buffer.alloc(Number.parseInt(range[2] as string, 16) - start);
      try {
        readSync(memory, bytes, 0, bytes.length, start);
      } catch {
        continue;
      }
      for (const [name, secret] of Object.entries(SECRETS))
        for (let at = bytes.indexOf(secret); at >= 0; at = bytes.indexOf(secret, at + 1))
          found[name] = (found[name] as number) + 1;
    }
    closeSync(memory);
    return found;
  } catch {
    return undefined;
  }
}
