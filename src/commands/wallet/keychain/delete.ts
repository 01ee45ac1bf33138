import { BaseCommand, type Context, type Result } from '../../../lib/cli/base-command.ts';
import { deletePassword, keychainEntrySchema } from '../../../lib/cli/keychain-entries.ts';
import type { Ui } from '../../../lib/cli/render/ui.ts';
import { result } from '../../../lib/cli/schema/schema.ts';
import { chooseKey, chooseWallet } from '../../../lib/cli/wallet-access.ts';
import { useHotkeyFlag } from '../../../lib/cli/wallet-flags.ts';
import { requireWallet } from '../../../lib/cli/wallet-keys.ts';

export default class WalletKeychainDelete extends BaseCommand<typeof WalletKeychainDelete> {
  static override summary = "Remove a key's password from the system's keychain.";
  static override examples = ['<%= config.bin %> <%= command.id %> --wallet-name savings'];
  static override flags = useHotkeyFlag;
  static override result = result('wallet.keychain-delete/v1', keychainEntrySchema);

  async execute(context: Context<typeof WalletKeychainDelete>): Promise<Result<typeof WalletKeychainDelete>> {
    const wallet = await chooseWallet(context);
    requireWallet(wallet);
    return deletePassword(context, wallet, await chooseKey(context, wallet));
  }

  render({ wallet, key, keychain, changed }: Result<typeof WalletKeychainDelete>, ui: Ui): void {
    const what = `password of ${key} of wallet ${wallet}`;
    if (changed) ui.done(`The ${what} is no longer in ${keychain}.`);
    else ui.line(`Dry run: the ${what} would be removed from ${keychain}.`);
  }
}
