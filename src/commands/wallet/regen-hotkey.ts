import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { createOneKey } from '../../lib/cli/create-keys.ts';
import { keyCreatedSchema, renderCreated } from '../../lib/cli/created-keys.ts';
import { unlockFlags } from '../../lib/cli/flags.ts';
import { restoredKeySource, schemeOf } from '../../lib/cli/key-source.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { chooseWallet } from '../../lib/cli/wallet-access.ts';
import { keyTypeFlag, overwriteFlag, sourceFlags } from '../../lib/cli/wallet-flags.ts';
import { needNewHotkey } from '../../lib/cli/wallet-keys.ts';

export default class WalletRegenHotkey extends BaseCommand<typeof WalletRegenHotkey> {
  static override summary = 'Restore a hotkey from its phrase, seed, private key or Polkadot-JS backup.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings --hotkey miner1',
    '<%= config.bin %> <%= command.id %> --wallet-name savings --hotkey miner1 --seed-file seed --yes',
  ];
  static override flags = {
    ...sourceFlags,
    ...keyTypeFlag,
    'use-password': Flags.boolean({ allowNo: true, summary: 'encrypt it' }),
    ...unlockFlags,
    ...overwriteFlag,
  };
  static override result = result('wallet.regen-hotkey/v1', keyCreatedSchema);

  async execute(context: Context<typeof WalletRegenHotkey>): Promise<Result<typeof WalletRegenHotkey>> {
    const { flags } = context;
    const wallet = await chooseWallet(context);
    const key = await needNewHotkey(context, wallet);
    const source = await restoredKeySource(context, flags);
    const wanted = { key, source, scheme: schemeOf(flags), encrypt: flags['use-password'] === true };
    return createOneKey(context, wallet, wanted, flags.overwrite);
  }

  render(result: Result<typeof WalletRegenHotkey>, ui: Ui): void {
    renderCreated(result, ui);
  }
}
