import { COLDKEY, hotkey, type KeySummary, privateKeyPath, ss58Decode, type WalletSummary } from '../wallet/index.ts';
import type { Ui } from './render/ui.ts';
import { type Infer, s } from './schema/schema.ts';

/** How results describe the keys of a wallet, from its public files. */

const PROTECTIONS = ['nacl', 'ansible-vault', 'fernet', 'none', 'absent'] as const;

const protection = s.choice(
  PROTECTIONS,
  'how the private file is kept: encrypted in some way; none: unencrypted; absent: watch-only on this machine',
);

const keySchema = s.object({
  name: s.string("the hotkey's name, or coldkey"),
  address: s.nullable(s.ss58()),
  publicKey: s.nullable(s.hash()),
  keyType: s.nullable(s.choice(['sr25519', 'ed25519'])),
  protection,
  file: s.string('path of the private key file'),
  problem: s.optional(s.string('error code of what is wrong with its public file')),
});

export const walletSchema = s.object({
  name: s.string(),
  path: s.string(),
  coldkey: s.nullable(keySchema),
  hotkeys: s.array(keySchema),
  problem: s.optional(s.string('error code for which the folder cannot be read')),
});

type KeyRow = Infer<typeof keySchema>;
export type WalletRow = Infer<typeof walletSchema>;

export function describeWallet(wallet: WalletSummary, root: string): WalletRow {
  const { name, path, coldkey, hotkeys, problem } = wallet;
  const ref = { root, name };
  return {
    name,
    path,
    coldkey: coldkey ? describeKeyRow(coldkey, privateKeyPath(ref, COLDKEY)) : null,
    hotkeys: hotkeys.map((one) => describeKeyRow(one, privateKeyPath(ref, hotkey(one.name)))),
    ...(problem === undefined ? {} : { problem }),
  };
}

function describeKeyRow({ name, address, scheme, protection, problem }: KeySummary, file: string): KeyRow {
  return {
    name,
    address: address ?? null,
    publicKey: address === undefined ? null : `0x${Buffer.from(ss58Decode(address)).toString('hex')}`,
    keyType: scheme ?? null,
    protection,
    file,
    ...(problem === undefined ? {} : { problem }),
  };
}

/** What a person reads of a key's protection. */
export function protectionText(key: Pick<KeyRow, 'protection' | 'problem' | 'name'>, ui: Ui): string {
  const { protection, problem } = key;
  if (problem !== undefined) return ui.colors.red(problem);
  if (protection === 'absent') return ui.colors.dim('watch-only');
  if (protection === 'none')
    return key.name === 'coldkey' ? ui.colors.yellow('unencrypted') : ui.colors.dim('unencrypted');
  return protection === 'nacl' ? 'encrypted' : `encrypted (${protection}, old)`;
}
