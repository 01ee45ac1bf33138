import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { createOneKey } from '../../lib/cli/create-keys.ts';
import { keyCreatedSchema, renderCreated } from '../../lib/cli/created-keys.ts';
import { newKeySource, schemeOf } from '../../lib/cli/key-source.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { newKeyFlags, protectFlags } from '../../lib/cli/wallet-flags.ts';
import { needNewWallet } from '../../lib/cli/wallet-keys.ts';
import { COLDKEY } from '../../lib/wallet/index.ts';

export default class WalletNewColdkey extends BaseCommand<typeof WalletNewColdkey> {
  static override summary = 'Make a coldkey: it owns TAO and stake, and is encrypted.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings --n-words 24',
    '<%= config.bin %> <%= command.id %> --wallet-name savings --wallet-password-file pw --mnemonic-file phrase --yes',
  ];
  static override flags = { ...newKeyFlags, ...protectFlags };
  static override result = result('wallet.new-coldkey/v1', keyCreatedSchema);

  async execute(context: Context<typeof WalletNewColdkey>): Promise<Result<typeof WalletNewColdkey>> {
    const { flags } = context;
    const wallet = await needNewWallet(context);
    const wanted = {
      key: COLDKEY,
      source: newKeySource(flags),
      scheme: schemeOf(flags),
      encrypt: !flags['no-password'],
      phraseFile: flags['mnemonic-file'],
    };
    return createOneKey(context, wallet, wanted, flags.overwrite);
  }

  render(result: Result<typeof WalletNewColdkey>, ui: Ui): void {
    renderCreated(result, ui);
  }
}
