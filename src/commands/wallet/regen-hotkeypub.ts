import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { createWatchOnly } from '../../lib/cli/create-keys.ts';
import { keyCreatedSchema, renderCreated } from '../../lib/cli/created-keys.ts';
import { needPublicKey } from '../../lib/cli/public-key.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { chooseWallet } from '../../lib/cli/wallet-access.ts';
import { keyTypeFlag, overwriteFlag, publicKeyFlags } from '../../lib/cli/wallet-flags.ts';
import { needNewHotkey } from '../../lib/cli/wallet-keys.ts';

export default class WalletRegenHotkeypub extends BaseCommand<typeof WalletRegenHotkeypub> {
  static override summary = 'Watch a hotkey: write its public file from an address, without any secret.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings --hotkey miner1 --ss58 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY',
  ];
  static override flags = { ...publicKeyFlags, ...keyTypeFlag, ...overwriteFlag };
  static override result = result('wallet.regen-hotkeypub/v1', keyCreatedSchema);

  async execute(context: Context<typeof WalletRegenHotkeypub>): Promise<Result<typeof WalletRegenHotkeypub>> {
    const wallet = await chooseWallet(context);
    const key = await needNewHotkey(context, wallet);
    const info = await needPublicKey(context, context.flags);
    return createWatchOnly(context, wallet, key, info, context.flags.overwrite);
  }

  render(result: Result<typeof WalletRegenHotkeypub>, ui: Ui): void {
    renderCreated(result, ui);
  }
}
