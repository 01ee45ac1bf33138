import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { createWatchOnly } from '../../lib/cli/create-keys.ts';
import { keyCreatedSchema, renderCreated } from '../../lib/cli/created-keys.ts';
import { needPublicKey } from '../../lib/cli/public-key.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { keyTypeFlag, overwriteFlag, publicKeyFlags } from '../../lib/cli/wallet-flags.ts';
import { needNewWallet } from '../../lib/cli/wallet-keys.ts';
import { COLDKEY } from '../../lib/wallet/index.ts';

export default class WalletRegenColdkeypub extends BaseCommand<typeof WalletRegenColdkeypub> {
  static override summary = 'Watch a coldkey: write its public file from an address, without any secret.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings --ss58 5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY',
  ];
  static override flags = { ...publicKeyFlags, ...keyTypeFlag, ...overwriteFlag };
  static override result = result('wallet.regen-coldkeypub/v1', keyCreatedSchema);

  async execute(context: Context<typeof WalletRegenColdkeypub>): Promise<Result<typeof WalletRegenColdkeypub>> {
    const wallet = await needNewWallet(context);
    const info = await needPublicKey(context, context.flags);
    return createWatchOnly(context, wallet, COLDKEY, info, context.flags.overwrite);
  }

  render(result: Result<typeof WalletRegenColdkeypub>, ui: Ui): void {
    renderCreated(result, ui);
  }
}
