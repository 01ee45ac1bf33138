import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { exportBackup, exportPhrase } from '../../lib/cli/export-keys.ts';
import { unlockFlags } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { chooseKey, chooseWallet } from '../../lib/cli/wallet-access.ts';
import { useHotkeyFlag } from '../../lib/cli/wallet-flags.ts';
import { requireWallet } from '../../lib/cli/wallet-keys.ts';

export default class WalletExport extends BaseCommand<typeof WalletExport> {
  static override summary = 'Write a key to a Polkadot-JS backup, encrypted, or its recovery phrase to a file.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings --file savings.json',
    '<%= config.bin %> <%= command.id %> --wallet-name savings --mnemonic-file phrase',
  ];
  static override flags = {
    file: Flags.string({ char: 'f', helpValue: 'FILE', summary: 'the new backup' }),
    'export-password-file': Flags.string({ helpValue: 'FILE|-', summary: "a file that holds the backup's password" }),
    'mnemonic-file': Flags.string({
      helpValue: 'FILE',
      summary: 'write the recovery phrase instead, unencrypted, to a new file that only you can read',
      exclusive: ['file', 'export-password-file'],
    }),
    ...useHotkeyFlag,
    ...unlockFlags,
  };
  static override result = result(
    'wallet.export/v1',
    s.object({
      wallet: s.string(),
      key: s.string("coldkey, or the hotkey's name"),
      address: s.ss58(),
      format: s.choice(['polkadot-js', 'mnemonic']),
      file: s.string(),
      written: s.boolean('false under --dry-run'),
    }),
  );

  async execute(context: Context<typeof WalletExport>): Promise<Result<typeof WalletExport>> {
    const { flags } = context;
    const wallet = await chooseWallet(context);
    requireWallet(wallet);
    const key = await chooseKey(context, wallet);
    const phraseFile = flags['mnemonic-file'];
    return phraseFile === undefined
      ? exportBackup(context, wallet, key, flags.file)
      : exportPhrase(context, wallet, key, phraseFile);
  }

  render({ address, format, file, written }: Result<typeof WalletExport>, ui: Ui): void {
    const what = format === 'mnemonic' ? 'recovery phrase' : 'Polkadot-JS backup';
    if (written) ui.done(`The ${what} of ${address} is in ${file}`);
    else ui.line(`Dry run: the ${what} of ${address} would be written to ${file}.`);
  }
}
