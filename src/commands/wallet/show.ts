import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { chooseWallet } from '../../lib/cli/wallet-access.ts';
import { requireWallet } from '../../lib/cli/wallet-keys.ts';
import { describeWallet, protectionText, walletSchema } from '../../lib/cli/wallet-summary.ts';

export default class WalletShow extends BaseCommand<typeof WalletShow> {
  static override summary = "Show a wallet's keys: addresses, types, files, protection; no password is needed.";
  static override examples = ['<%= config.bin %> <%= command.id %> --wallet-name savings'];
  static override result = result('wallet.show/v1', s.object({ wallet: walletSchema }));

  async execute(context: Context<typeof WalletShow>): Promise<Result<typeof WalletShow>> {
    const ref = await chooseWallet(context);
    return { wallet: describeWallet(requireWallet(ref), ref.root) };
  }

  render({ wallet }: Result<typeof WalletShow>, ui: Ui): void {
    ui.heading(`Wallet ${wallet.name}`);
    ui.fields([['Folder', wallet.path]]);
    for (const key of [...(wallet.coldkey ? [wallet.coldkey] : []), ...wallet.hotkeys]) {
      ui.heading(key === wallet.coldkey ? 'Coldkey' : `Hotkey ${key.name}`);
      ui.fields([
        ['Address', key.address ?? undefined],
        ['Public key', key.publicKey ?? undefined],
        ['Type', key.keyType ?? undefined],
        ['Kept', protectionText(key, ui)],
        ['File', key.file],
      ]);
    }
  }
}
