import { BaseCommand, type Context, type Result } from '../../../lib/cli/base-command.ts';
import { findPassword, keychainEntrySchema } from '../../../lib/cli/keychain-entries.ts';
import type { Ui } from '../../../lib/cli/render/ui.ts';
import { result } from '../../../lib/cli/schema/schema.ts';
import { chooseKey, chooseWallet } from '../../../lib/cli/wallet-access.ts';
import { useHotkeyFlag } from '../../../lib/cli/wallet-flags.ts';
import { requireWallet } from '../../../lib/cli/wallet-keys.ts';

export default class WalletKeychainShow extends BaseCommand<typeof WalletKeychainShow> {
  static override summary = "Say whether the keychain has a key's password; the password is never shown.";
  static override examples = ['<%= config.bin %> <%= command.id %> --wallet-name savings'];
  static override flags = useHotkeyFlag;
  static override result = result('wallet.keychain-show/v1', keychainEntrySchema);

  async execute(context: Context<typeof WalletKeychainShow>): Promise<Result<typeof WalletKeychainShow>> {
    const wallet = await chooseWallet(context);
    requireWallet(wallet);
    return findPassword(context, wallet, await chooseKey(context, wallet));
  }

  render({ wallet, key, keychain, saved, file }: Result<typeof WalletKeychainShow>, ui: Ui): void {
    ui.line(`${keychain} has ${saved ? 'the' : 'no'} password of ${key} of wallet ${wallet} (${file}).`);
  }
}
