import { CliError } from '../errors.ts';
import {
  changePassword,
  decryptKey,
  describeKey,
  encryptKey,
  type KeyRef,
  type KeySummary,
  type PasswordOrigin,
  type PasswordProvider,
  privateKeyPath,
  requirePrivateKey,
  type WalletRef,
} from '../wallet/index.ts';
import type { CommandContext } from './context.ts';
import { existingPassword, newPassword } from './passwords.ts';
import { requireWallet } from './wallet-keys.ts';

const NEW_FLAG = 'new-password-file';

/** Sets, changes or removes the password of a key file, and says what else must follow. */
export async function changeKeyPassword(context: CommandContext, wallet: WalletRef, key: KeyRef, remove: boolean) {
  const file = privateKeyPath(wallet, key);
  requireWallet(wallet);
  await requirePrivateKey(wallet, key, 'to change its password');
  const before = protectionOf(wallet, key);
  if (remove && before === 'none') throw notEncrypted(wallet, key, file);
  const after = remove ? ('none' as const) : ('nacl' as const);
  const result = { wallet: wallet.name, key: key.kind === 'coldkey' ? 'coldkey' : key.name, file, before, after };
  if (context.dryRun) return { ...result, written: false };
  let origin: PasswordOrigin | undefined;
  const known = existingPassword(context);
  const password: PasswordProvider = async (request) => {
    const answer = await known({ ...request, reason: 'to change it' });
    origin = answer.origin;
    return answer;
  };
  if (remove) {
    await context.confirm(`The ${describeKey(wallet, key)} will lie unencrypted on the disk.`, { typed: wallet.name });
    await decryptKey({ wallet, key, password });
  } else {
    const fresh = await newPassword(context, NEW_FLAG, `New password of the ${describeKey(wallet, key)}:`);
    try {
      context.progress.say('Encrypting');
      if (before === 'none') await encryptKey({ wallet, key, newPassword: fresh });
      else await changePassword({ wallet, key, password, newPassword: fresh });
    } finally {
      fresh.fill(0);
    }
  }
  if (origin === 'keychain') {
    context.warn('The keychain still has the old password: `btcli-ts wallet keychain save` or `delete` corrects that.');
  }
  return { ...result, written: true };
}

/** What the first bytes of the private file say. */
function protectionOf(wallet: WalletRef, key: KeyRef): Exclude<KeySummary['protection'], 'absent'> {
  const { coldkey, hotkeys } = requireWallet(wallet);
  const found = key.kind === 'coldkey' ? coldkey : hotkeys.find(({ name }) => name === key.name);
  return found === undefined || found.protection === 'absent' ? 'none' : found.protection;
}

function notEncrypted(wallet: WalletRef, key: KeyRef, file: string): CliError {
  return new CliError('KEYFILE_NOT_ENCRYPTED', `The ${describeKey(wallet, key)} is not encrypted.`, {
    hints: ['Without --remove it gets a password.'],
    data: { file },
  });
}
