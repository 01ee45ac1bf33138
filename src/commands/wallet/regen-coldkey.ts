import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { createOneKey } from '../../lib/cli/create-keys.ts';
import { keyCreatedSchema, renderCreated } from '../../lib/cli/created-keys.ts';
import { restoredKeySource, schemeOf } from '../../lib/cli/key-source.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { keyTypeFlag, overwriteFlag, protectFlags, sourceFlags } from '../../lib/cli/wallet-flags.ts';
import { needNewWallet } from '../../lib/cli/wallet-keys.ts';
import { COLDKEY } from '../../lib/wallet/index.ts';

export default class WalletRegenColdkey extends BaseCommand<typeof WalletRegenColdkey> {
  static override summary = 'Restore a coldkey from its phrase, seed, private key or Polkadot-JS backup.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings',
    '<%= config.bin %> <%= command.id %> --wallet-name savings --mnemonic-file phrase --wallet-password-file pw --yes',
  ];
  static override flags = { ...sourceFlags, ...keyTypeFlag, ...protectFlags, ...overwriteFlag };
  static override result = result('wallet.regen-coldkey/v1', keyCreatedSchema);

  async execute(context: Context<typeof WalletRegenColdkey>): Promise<Result<typeof WalletRegenColdkey>> {
    const { flags } = context;
    const wallet = await needNewWallet(context);
    const source = await restoredKeySource(context, flags);
    const wanted = { key: COLDKEY, source, scheme: schemeOf(flags), encrypt: !flags['no-password'] };
    return createOneKey(context, wallet, wanted, flags.overwrite);
  }

  render(result: Result<typeof WalletRegenColdkey>, ui: Ui): void {
    renderCreated(result, ui);
  }
}
