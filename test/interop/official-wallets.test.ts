import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKeys, createPublicKey, type KeySource } from '../../src/lib/wallet/create-key.ts';
import type { KeyScheme } from '../../src/lib/wallet/key.ts';
import { COLDKEY, hotkey, privateKeyPath } from '../../src/lib/wallet/layout.ts';
import { signMessage, verifyMessage } from '../../src/lib/wallet/message.ts';
import { fixedPassword } from '../../src/lib/wallet/password.ts';
import { encodePasswordVariable, passwordVariable } from '../../src/lib/wallet/password-env.ts';
import { readPublicKey } from '../../src/lib/wallet/read-key.ts';
import { changePassword } from '../../src/lib/wallet/reencrypt-key.ts';
import { unlockSigner } from '../../src/lib/wallet/unlock.ts';
import { removeTemporaryFolders, temporaryFolder, unhex, utf8 } from '../unit/wallet/fixtures.ts';
import { hasPackage, PYTHON } from './environments.ts';

const PACKAGES = [
  { name: 'bittensor-wallet', version: '4.1.1' },
  { name: 'bittensor', version: '11.3.0' },
] as const;

const PASSWORD = 'Btcli-ts pässwörd 日本 1!';
const MESSAGE = 'signed by one, verified by the other';
const PHRASE = 'legal winner thank year wave sausage worth useful legal winner thank yellow';

const SOURCES: [string, KeySource][] = [
  ['12 new words', { kind: 'new', words: 12 }],
  ['24 new words', { kind: 'new', words: 24 }],
  ['mnemonic', { kind: 'mnemonic', phrase: utf8(PHRASE) }],
  ['seed', { kind: 'seed', seed: unhex('e5be9a5092b81bca64be81d212e7f2f9eba183bb7a90954f7b76361f6edb5c0a') }],
  ['URI', { kind: 'uri', uri: utf8(`${PHRASE}//hard///password`) }],
];

interface Made {
  label: string;
  root: string;
  wallet: string;
  scheme: KeyScheme;
  password?: string;
  cold: string;
  hot: string;
  signature: string;
}

const made: Made[] = [];

async function make(label: string, source: KeySource, scheme: KeyScheme, password?: string): Promise<void> {
  const root = await temporaryFolder();
  const ref = { root, name: 'w' };
  const secret = password === undefined ? {} : { password: utf8(password) };
  const { keys } = await createKeys(
    ref,
    [
      { key: COLDKEY, source, scheme, ...secret },
      { key: hotkey('h'), source: { kind: 'new' }, scheme },
    ],
    { now: () => new Date() },
  );
  const { value } = await unlockSigner({ wallet: ref, key: COLDKEY, password: fixedPassword(password ?? '') });
  const signature = await signMessage(value, utf8(MESSAGE));
  value.dispose();
  const [cold, hot] = keys.map((key) => key.address) as [string, string];
  made.push({
    label,
    root,
    wallet: 'w',
    scheme,
    cold,
    hot,
    signature,
    ...(password === undefined ? {} : { password }),
  });
}

beforeAll(async () => {
  for (const scheme of ['sr25519', 'ed25519'] as const) {
    for (const [label, source] of SOURCES) await make(label, source, scheme);
    await make('encrypted', { kind: 'new' }, scheme, PASSWORD);
  }
}, 120_000);

afterAll(removeTemporaryFolders);

describe.each(PACKAGES)('$name $version', ({ name, version }) => {
  const python = join(PYTHON, name, 'bin/python');
  const ready = hasPackage(name, version, 'interop with');

  function ask(jobs: object[]): Record<string, unknown>[] {
    const run = spawnSync(python, [join(import.meta.dirname, 'official_wallet.py'), name], {
      input: jobs.map((job) => `${JSON.stringify(job)}\n`).join(''),
      encoding: 'utf8',
      timeout: 120_000,
    });
    expect(run.status, run.stderr).toBe(0);
    return run.stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  it.skipIf(!ready)('opens every wallet written here, and signatures go both ways', async () => {
    const jobs = made.map((item) => ({
      kind: 'private',
      path: privateKeyPath({ root: item.root, name: item.wallet }, COLDKEY),
      password: item.password,
      message: MESSAGE,
      signature: item.signature,
    }));
    const answers = ask(jobs);
    expect(answers).toHaveLength(12);
    for (const [i, answer] of answers.entries()) {
      const item = made[i] as Made;
      expect(answer, item.label).toMatchObject({
        address: item.cold,
        type: item.scheme === 'sr25519' ? 1 : 0,
        verified: true,
      });
      const { key } = await readPublicKey({ root: item.root, name: item.wallet }, COLDKEY);
      expect((await verifyMessage(utf8(MESSAGE), answer.signature as string, key.publicKey)).scheme, item.label).toBe(
        item.scheme,
      );
    }
  });

  it.skipIf(!ready)('reads the public files', () => {
    const answers = ask(made.map(({ root, wallet }) => ({ kind: 'public', root, wallet, hotkey: 'h' })));
    expect(answers).toEqual(made.map(({ cold, hot }) => ({ coldkey: cold, hotkey: hot })));
  });

  it.skipIf(!ready)('opens hotkeys, and coldkeys with the password from the variable made here', () => {
    const item = made.find(({ password }) => password !== undefined) as Made;
    const ref = { root: item.root, name: item.wallet };
    const path = privateKeyPath(ref, COLDKEY);
    const variable = passwordVariable(path);
    const answers = ask([
      { kind: 'private', path: privateKeyPath(ref, hotkey('h')) },
      { kind: 'private', path, variable: [variable, encodePasswordVariable(utf8(PASSWORD), variable)] },
    ]);
    expect(answers).toMatchObject([{ address: item.hot }, { address: item.cold }]);
  });

  it.skipIf(!ready)('opens a wallet after its password was changed here, and a watch-only wallet', async () => {
    const root = await temporaryFolder();
    const item = made[0] as Made;
    const info = (await readPublicKey({ root: item.root, name: item.wallet }, COLDKEY)).key;
    await createPublicKey({ root, name: 'watch' }, COLDKEY, info, { now: () => new Date() });
    await createPublicKey({ root, name: 'watch' }, hotkey('h'), info, { now: () => new Date() });
    const ref = { root, name: 'changed' };
    await createKeys(
      ref,
      [{ key: COLDKEY, source: { kind: 'mnemonic', phrase: utf8(PHRASE) }, password: utf8(PASSWORD) }],
      { now: () => new Date() },
    );
    await changePassword({
      wallet: ref,
      key: COLDKEY,
      password: fixedPassword(PASSWORD),
      newPassword: utf8('another good one'),
    });
    const answers = ask([
      { kind: 'public', root, wallet: 'watch', hotkey: 'h' },
      { kind: 'private', path: privateKeyPath(ref, COLDKEY), password: 'another good one' },
      { kind: 'private', path: privateKeyPath(ref, COLDKEY), password: 'not this one' },
    ]);
    expect(answers[0]).toEqual({ coldkey: item.cold, hotkey: item.cold });
    expect(answers[1]).toMatchObject({ address: '5EHgWw2Af1pnoc7f1A8bfmM97W3DAYW8xr82RfhLL9oAabAe' });
    expect(answers[2]?.error).toBeDefined();
  });
});
