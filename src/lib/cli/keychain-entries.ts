import { CliError } from '../errors.ts';
import {
  describeKey,
  type KeychainEntryId,
  type KeychainPort,
  type KeyRef,
  type PasswordProvider,
  privateKeyPath,
  readPublicKey,
  requirePrivateKey,
  unlockKeyPair,
  type WalletRef,
  wipeKeyPair,
} from '../wallet/index.ts';
import type { CommandContext } from './context.ts';
import { existingPassword, keychainOf } from './passwords.ts';
import { type Infer, s } from './schema/schema.ts';

/** Passwords of key files in the system's keychain: kept under the file's path and the key's public part. */

export const keychainEntrySchema = s.object({
  wallet: s.string(),
  key: s.string("coldkey, or the hotkey's name"),
  address: s.ss58(),
  file: s.string('the key file that the password opens'),
  keychain: s.string('which keychain'),
  saved: s.boolean('whether it has the password now'),
  changed: s.boolean('whether this command changed that'),
});

export type KeychainEntry = Infer<typeof keychainEntrySchema>;

/** The keychain in use. @throws CliError KEYCHAIN_UNAVAILABLE when the settings say that there is none */
function requireKeychain(context: CommandContext): KeychainPort {
  const port = keychainOf(context);
  if (port) return port;
  throw new CliError('KEYCHAIN_UNAVAILABLE', 'The setting "keychain" says that no keychain is used.', {
    hints: ['`btcli-ts config set keychain system` uses that of the operating system.'],
  });
}

async function entryOf(wallet: WalletRef, key: KeyRef): Promise<{ id: KeychainEntryId; address: string }> {
  const { key: info } = await readPublicKey(wallet, key);
  return { id: { keyPath: privateKeyPath(wallet, key), publicKey: info.publicKey }, address: info.address };
}

function describe(
  wallet: WalletRef,
  key: KeyRef,
  address: string,
  port: KeychainPort,
  state: { saved: boolean; changed: boolean },
): KeychainEntry {
  return {
    wallet: wallet.name,
    key: key.kind === 'coldkey' ? 'coldkey' : key.name,
    address,
    file: privateKeyPath(wallet, key),
    keychain: port.name,
    ...state,
  };
}

/** Keeps a password, after it has opened the key. @throws CliError KEYFILE_NOT_ENCRYPTED, PASSWORD_WRONG, KEYCHAIN_* */
export async function savePassword(context: CommandContext, wallet: WalletRef, key: KeyRef): Promise<KeychainEntry> {
  const port = requireKeychain(context);
  await requirePrivateKey(wallet, key, 'to check the password');
  const { id, address } = await entryOf(wallet, key);
  // A keychain that cannot be used is known before a password is asked for.
  (await port.read(id))?.fill(0);
  let kept: Uint8Array | undefined;
  const known = existingPassword(context, { keychain: false });
  const password: PasswordProvider = async (request) => {
    const answer = await known({ ...request, reason: 'to keep it in the keychain' });
    kept?.fill(0);
    kept = Uint8Array.from(answer.password);
    return answer;
  };
  try {
    const { value: pair } = await unlockKeyPair({ wallet, key, password });
    wipeKeyPair(pair);
    if (kept === undefined) {
      throw new CliError('KEYFILE_NOT_ENCRYPTED', `The ${describeKey(wallet, key)} has no password to keep.`, {
        hints: ['`btcli-ts wallet change-password` gives it one.'],
      });
    }
    if (!context.dryRun) await port.save(id, kept);
    return describe(wallet, key, address, port, { saved: !context.dryRun, changed: !context.dryRun });
  } finally {
    kept?.fill(0);
  }
}

/** Whether the keychain has the password; the password itself is never shown. */
export async function findPassword(context: CommandContext, wallet: WalletRef, key: KeyRef): Promise<KeychainEntry> {
  const port = requireKeychain(context);
  const { id, address } = await entryOf(wallet, key);
  const password = await port.read(id);
  password?.fill(0);
  return describe(wallet, key, address, port, { saved: password !== undefined, changed: false });
}

/** @throws CliError KEYCHAIN_NO_ENTRY */
export async function deletePassword(context: CommandContext, wallet: WalletRef, key: KeyRef): Promise<KeychainEntry> {
  const port = requireKeychain(context);
  const { id, address } = await entryOf(wallet, key);
  if (context.dryRun) return describe(wallet, key, address, port, { saved: true, changed: false });
  if (!(await port.delete(id))) {
    throw new CliError('KEYCHAIN_NO_ENTRY', `${port.name} has no password of the ${describeKey(wallet, key)}.`, {
      data: { file: id.keyPath },
    });
  }
  return describe(wallet, key, address, port, { saved: false, changed: true });
}
