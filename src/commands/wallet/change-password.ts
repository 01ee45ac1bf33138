import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { changeKeyPassword } from '../../lib/cli/change-password.ts';
import { unlockFlags } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { chooseKey, chooseWallet } from '../../lib/cli/wallet-access.ts';
import { useHotkeyFlag } from '../../lib/cli/wallet-flags.ts';
import { requireWallet } from '../../lib/cli/wallet-keys.ts';

export default class WalletChangePassword extends BaseCommand<typeof WalletChangePassword> {
  static override summary = 'Give a key file another password, a first one, or none.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings',
    '<%= config.bin %> <%= command.id %> --wallet-name savings --wallet-password-file old --new-password-file new --yes',
  ];
  static override flags = {
    'new-password-file': Flags.string({ helpValue: 'FILE|-', summary: 'a file that holds the new password' }),
    remove: Flags.boolean({ summary: 'take the password off: whoever reads the file then has the key' }),
    ...useHotkeyFlag,
    ...unlockFlags,
  };
  static override result = result(
    'wallet.change-password/v1',
    s.object({
      wallet: s.string(),
      key: s.string("coldkey, or the hotkey's name"),
      file: s.string(),
      before: s.choice(['none', 'nacl', 'ansible-vault', 'fernet'], 'how the file was encrypted'),
      after: s.choice(['none', 'nacl']),
      written: s.boolean('false under --dry-run'),
    }),
  );

  async execute(context: Context<typeof WalletChangePassword>): Promise<Result<typeof WalletChangePassword>> {
    const wallet = await chooseWallet(context);
    requireWallet(wallet);
    return changeKeyPassword(context, wallet, await chooseKey(context, wallet), context.flags.remove);
  }

  render({ wallet, key, after, written }: Result<typeof WalletChangePassword>, ui: Ui): void {
    const what = `${key} of wallet ${wallet}`;
    if (!written) ui.line(`Dry run: the ${what} would be ${after === 'none' ? 'unencrypted' : 'encrypted anew'}.`);
    else ui.done(after === 'none' ? `The ${what} is no longer encrypted.` : `The ${what} has its new password.`);
  }
}
