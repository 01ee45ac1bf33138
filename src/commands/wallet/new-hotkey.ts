import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { createOneKey } from '../../lib/cli/create-keys.ts';
import { keyCreatedSchema, renderCreated } from '../../lib/cli/created-keys.ts';
import { unlockFlags } from '../../lib/cli/flags.ts';
import { newKeySource, schemeOf } from '../../lib/cli/key-source.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { chooseWallet } from '../../lib/cli/wallet-access.ts';
import { newKeyFlags } from '../../lib/cli/wallet-flags.ts';
import { needNewHotkey } from '../../lib/cli/wallet-keys.ts';

export default class WalletNewHotkey extends BaseCommand<typeof WalletNewHotkey> {
  static override summary = 'Make a hotkey: it mines and validates, and is unencrypted unless asked otherwise.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings --hotkey miner1',
    '<%= config.bin %> <%= command.id %> --wallet-name savings --hotkey miner1 --use-password',
  ];
  static override flags = {
    ...newKeyFlags,
    'use-password': Flags.boolean({ allowNo: true, summary: 'encrypt it' }),
    ...unlockFlags,
  };
  static override result = result('wallet.new-hotkey/v1', keyCreatedSchema);

  async execute(context: Context<typeof WalletNewHotkey>): Promise<Result<typeof WalletNewHotkey>> {
    const { flags } = context;
    const wallet = await chooseWallet(context);
    const wanted = {
      key: await needNewHotkey(context, wallet),
      source: newKeySource(flags),
      scheme: schemeOf(flags),
      encrypt: flags['use-password'] === true,
      phraseFile: flags['mnemonic-file'],
    };
    return createOneKey(context, wallet, wanted, flags.overwrite);
  }

  render(result: Result<typeof WalletNewHotkey>, ui: Ui): void {
    renderCreated(result, ui);
  }
}
