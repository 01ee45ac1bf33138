import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COLDKEY, createKeys, createPolkadotJson, hotkey, makeKeyPair } from '../../src/lib/wallet/index.ts';
import type { Canary } from './canary-secrets.ts';

/** The wallets and files with which the canary's secrets come into play, and how each command is called with them. */

export interface Nest {
  readonly home: string;
  readonly wallets: string;
  /** Files that hold a secret because a user put it there. */
  readonly inputs: Readonly<Record<'password' | 'phrase' | 'seed' | 'key' | 'uri' | 'backup', string>>;
  /** Puts the wallets back as they were, before a command changes them. */
  reset(): void;
  /** A file that does not exist yet. */
  fresh(name: string): string;
}

const now = () => new Date();

/** Wallet "plain" holds the canary unencrypted, "locked" encrypted, "sealed" an ed25519 key, "payer" //Alice. */
export async function buildNest(home: string, canary: Canary): Promise<Nest> {
  const wallets = join(home, '.bittensor', 'wallets');
  const template = join(home, 'template');
  const folder = join(home, 'inputs');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  mkdirSync(join(home, '.bittensor'), { recursive: true, mode: 0o700 });
  const put = (name: string, content: string): string => {
    writeFileSync(join(folder, name), content, { mode: 0o600 });
    return join(folder, name);
  };
  const phrase = { kind: 'mnemonic', phrase: Buffer.from(canary.phrase) } as const;
  const password = Buffer.from(canary.password);
  const root = { root: template };
  await createKeys(
    { ...root, name: 'plain' },
    [
      { key: COLDKEY, source: phrase },
      { key: hotkey('default'), source: { kind: 'uri', uri: Buffer.from(`${canary.phrase}//hotkey`) } },
    ],
    { now },
  );
  await createKeys({ ...root, name: 'locked' }, [{ key: COLDKEY, source: phrase, password }], { now });
  const ed = { key: COLDKEY, source: phrase, scheme: 'ed25519' } as const;
  await createKeys({ ...root, name: 'sealed' }, [ed], { now });
  const payer = { key: COLDKEY, source: { kind: 'uri', uri: Buffer.from('//Alice') } } as const;
  await createKeys({ ...root, name: 'payer' }, [payer], { now });
  const backup = await createPolkadotJson(await makeKeyPair(phrase), password, { name: 'canary', whenCreated: 0 });
  let count = 0;
  return {
    home,
    wallets,
    inputs: {
      password: put('password', canary.password),
      phrase: put('phrase', `${canary.phrase}\n`),
      seed: put('seed', Buffer.from(canary.seed).toString('hex')),
      key: put('key', `0x${Buffer.from(canary.privateKey).toString('hex')}`),
      uri: put('uri', `${canary.phrase}//hard///${canary.password}`),
      backup: put('backup.json', JSON.stringify(backup)),
    },
    reset() {
      rmSync(wallets, { recursive: true, force: true });
      cpSync(template, wallets, { recursive: true });
    },
    fresh: (name) => join(home, 'out', `${name}-${++count}`),
  };
}

export interface Recipe {
  readonly args: readonly string[];
  readonly input?: string;
}

type Recipes = Readonly<Record<string, (nest: Nest, canary: Canary) => readonly (Recipe | readonly string[])[]>>;

const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';
const plain = ['--wallet-name', 'plain'];
const locked = ['--wallet-name', 'locked'];
const sealed = ['--wallet-name', 'sealed'];

/** How commands are called that need more than `fillIn` gives them. Commands of the local chain come in their order. */
export const RECIPES: Recipes = {
  'wallet create': (nest) => [
    ['--wallet-name', 'c1', '--no-password'],
    ['--wallet-name', 'c2', '--wallet-password-file', nest.inputs.password, '--mnemonic-file', nest.fresh('phrase')],
  ],
  'wallet new-coldkey': () => [
    ['--wallet-name', 'c3', '--no-password'],
    [...plain, '--no-password', '--overwrite'],
  ],
  'wallet new-hotkey': () => [[...plain, '--hotkey', 'h2']],
  'wallet regen-coldkey': ({ inputs }, { phrase }) => [
    ['--wallet-name', 'r1', '--mnemonic-file', inputs.phrase, '--no-password'],
    ['--wallet-name', 'r2', '--seed-file', inputs.seed, '--no-password'],
    ['--wallet-name', 'r3', '--key-file', inputs.key, '--no-password'],
    ['--wallet-name', 'r4', '--uri-file', inputs.uri, '--no-password'],
    ['--wallet-name', 'r5', '--json-file', inputs.backup, '--json-password-file', inputs.password, '--no-password'],
    { args: ['--wallet-name', 'r6', '--mnemonic-file', '-', '--no-password'], input: `${phrase}\n` },
    // Almost right, so that an error has every reason to quote it.
    {
      args: ['--wallet-name', 'r7', '--mnemonic-file', '-', '--no-password'],
      input: `${phrase} ${phrase.split(' ')[0]}`,
    },
    { args: ['--wallet-name', 'r8', '--seed-file', '-', '--no-password'], input: `${phrase}` },
    ['--wallet-name', 'r9', '--mnemonic', phrase],
    ['--wallet-name', 'r10', '--mnemonic-file', phrase],
    ['--wallet-name', 'r11', '--mnem', ...phrase.split(' ')],
  ],
  'wallet regen-hotkey': ({ inputs }) => [[...plain, '--hotkey', 'h3', '--mnemonic-file', inputs.phrase]],
  'wallet regen-coldkeypub': () => [['--wallet-name', 'w1', '--ss58', BOB]],
  'wallet regen-hotkeypub': () => [[...plain, '--hotkey', 'w', '--ss58', BOB]],
  'wallet import': ({ inputs }) => [
    [inputs.backup, '--wallet-name', 'i1', '--json-password-file', inputs.password, '--no-password'],
    // The phrase in the place of a backup.
    [inputs.phrase, '--wallet-name', 'i2', '--json-password-file', inputs.password, '--no-password'],
  ],
  'wallet export': (nest) => [
    [...plain, '--file', nest.fresh('backup'), '--export-password-file', nest.inputs.password],
    [...plain, '--mnemonic-file', nest.fresh('phrase')],
  ],
  'wallet change-password': ({ inputs }) => [
    [...locked, '--remove'],
    [...plain, '--new-password-file', inputs.password],
  ],
  'wallet unlock': () => [plain, locked, [...plain, '--use-hotkey']],
  'wallet sign': (_, { phrase }) => [
    [...plain, '--message', 'x'],
    [...plain, '--use-hotkey', '--message', 'x'],
    // A phrase where it does not belong: the command has one word too many.
    [...plain, '--message', 'x', ...phrase.split(' ')],
  ],
  'wallet verify': () => [['--message', 'x', '--signature', '00'.repeat(64), '--ss58', BOB]],
  'wallet encrypt': () => [['--to', 'sealed', '--message', 'x']],
  'wallet decrypt': () => [[...sealed, '--ciphertext', '00'.repeat(60)]],
  'wallet rename': () => [[...plain, '--new-name', 'renamed']],
  'wallet transfer': () => [
    ['--wallet-name', 'payer', '--dest', 'plain', '--amount', '3000'],
    [...plain, '--dest', BOB, '--amount', '1'],
    [...locked, '--dest', BOB, '--amount', '1'],
    [...plain, '--dest', BOB, '--amount', '99999999'],
  ],
  'wallet swap-hotkey': () => [[...plain, '--new-hotkey', BOB, '--all-netuids']],
  'wallet swap-coldkey announce': () => [[...plain, '--new-coldkey', 'sealed', '--dry-run']],
  'wallet swap-coldkey execute': () => [[...plain, '--new-coldkey', BOB]],
  'wallet associate-hotkey': () => [[...plain, '--hotkey-ss58', '5GoNkf6WdbxCFnPdAnYYQyCjAKPJgLNxXwPjwTh6DGg6gN3E']],
  'wallet set-identity': () => [[...plain, '--id-name', 'canary']],
  'wallet keychain save': ({ inputs }) => [[...locked, '--wallet-password-file', inputs.password]],
  'address add': () => [['bob', BOB]],
  'address update': () => [['bob', '--note', 'x']],
  'address remove': () => [['bob']],
  'localnet start': () => [['--detach', '--port', '0']],
  'localnet advance': () => [['--blocks', '2']],
  'localnet fund': () => [[...plain, '--amount', '5']],
  'localnet reset': () => [[]],
  autocomplete: () => [['bash']],
  'autocomplete script': () => [['bash']],
  'config get': () => [['network']],
  'config set': () => [['wallet-name', 'plain']],
  'config unset': () => [['wallet-name']],
};

/** Local commands in the order in which they make sense; all others come in the order of the manifest. */
const ORDER = [
  'wallet transfer',
  'address add',
  'localnet start',
  'localnet status',
  'localnet fund',
  'localnet advance',
];
const LAST = ['address remove', 'localnet stop', 'localnet reset'];

export function inOrder(commands: readonly string[]): string[] {
  const rest = commands.filter((one) => !ORDER.includes(one) && !LAST.includes(one));
  const known = (one: string): boolean => commands.includes(one);
  return [...ORDER.filter(known), ...rest, ...LAST.filter(known)];
}

/** Values for options by name, so that a command that is new here does more than complain. */
const VALUES: Readonly<Record<string, string>> = {
  netuid: '2',
  uid: '0',
  amount: '1',
  tao: '1',
  blocks: '1',
  dest: BOB,
  delegate: BOB,
  real: BOB,
  message: 'x',
};

/** A call made of the options that the manifest names. */
export function fillIn(flags: readonly string[]): string[] {
  const given = flags.filter((flag) => VALUES[flag] !== undefined && !(flag === 'tao' && flags.includes('amount')));
  return [...plain, ...given.flatMap((flag) => [`--${flag}`, VALUES[flag]!])];
}
