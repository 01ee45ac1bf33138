import { BaseCommand, type Context, type Result } from '../../../lib/cli/base-command.ts';
import { unlockFlags } from '../../../lib/cli/flags.ts';
import { keychainEntrySchema, savePassword } from '../../../lib/cli/keychain-entries.ts';
import type { Ui } from '../../../lib/cli/render/ui.ts';
import { result } from '../../../lib/cli/schema/schema.ts';
import { chooseKey, chooseWallet } from '../../../lib/cli/wallet-access.ts';
import { useHotkeyFlag } from '../../../lib/cli/wallet-flags.ts';
import { requireWallet } from '../../../lib/cli/wallet-keys.ts';

export default class WalletKeychainSave extends BaseCommand<typeof WalletKeychainSave> {
  static override summary = "Keep a key's password in the system's keychain, after trying it.";
  static override examples = ['<%= config.bin %> <%= command.id %> --wallet-name savings'];
  static override flags = { ...useHotkeyFlag, ...unlockFlags };
  static override result = result('wallet.keychain-save/v1', keychainEntrySchema);

  async execute(context: Context<typeof WalletKeychainSave>): Promise<Result<typeof WalletKeychainSave>> {
    const wallet = await chooseWallet(context);
    requireWallet(wallet);
    return savePassword(context, wallet, await chooseKey(context, wallet));
  }

  render({ wallet, key, keychain, changed }: Result<typeof WalletKeychainSave>, ui: Ui): void {
    const what = `password of ${key} of wallet ${wallet}`;
    if (changed) ui.done(`The ${what} is in ${keychain}.`);
    else ui.line(`Dry run: the ${what} is right and would be kept in ${keychain}.`);
  }
}
