import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { unlockFlags } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { chooseKey, chooseWallet, openSigner } from '../../lib/cli/wallet-access.ts';
import { useHotkeyFlag } from '../../lib/cli/wallet-flags.ts';
import { requireWallet } from '../../lib/cli/wallet-keys.ts';
import { privateKeyPath } from '../../lib/wallet/index.ts';

export default class WalletUnlock extends BaseCommand<typeof WalletUnlock> {
  static override summary = 'Open a key once, to see that its password is right and its files belong together.';
  static override examples = ['<%= config.bin %> <%= command.id %> --wallet-name savings'];
  static override flags = { ...useHotkeyFlag, ...unlockFlags };
  static override result = result(
    'wallet.unlock/v1',
    s.object({ address: s.ss58(), keyType: s.choice(['sr25519', 'ed25519']), file: s.string() }),
  );

  async execute(context: Context<typeof WalletUnlock>): Promise<Result<typeof WalletUnlock>> {
    const wallet = await chooseWallet(context);
    requireWallet(wallet);
    const key = await chooseKey(context, wallet);
    const signer = await openSigner(context, wallet, key, 'to check it');
    return { address: signer.address, keyType: signer.scheme, file: privateKeyPath(wallet, key) };
  }

  render({ address, file }: Result<typeof WalletUnlock>, ui: Ui): void {
    ui.done(`${file} opens: ${address}`);
  }
}
