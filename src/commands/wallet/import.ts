import { Args, Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { createOneKey } from '../../lib/cli/create-keys.ts';
import { keyCreatedSchema, renderCreated } from '../../lib/cli/created-keys.ts';
import { readBackup } from '../../lib/cli/key-source.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { readSecretInput } from '../../lib/cli/secret-input.ts';
import { typedPath } from '../../lib/cli/typed-path.ts';
import { overwriteFlag, protectFlags, useHotkeyFlag } from '../../lib/cli/wallet-flags.ts';
import { needNewWallet, newKeyOf } from '../../lib/cli/wallet-keys.ts';
import { parsePolkadotJson } from '../../lib/wallet/index.ts';

export default class WalletImport extends BaseCommand<typeof WalletImport> {
  static override summary = 'Take a key from a Polkadot-JS backup (browser or phone wallet) into a wallet.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> account.json --wallet-name savings',
    '<%= config.bin %> <%= command.id %> account.json --wallet-name savings --json-password-file pw --wallet-password-file pw2 --yes',
  ];
  static override args = { file: Args.string({ description: 'the backup' }) };
  static override flags = {
    'json-file': Flags.string({ aliases: ['json-path', 'file'], helpValue: 'FILE|-', summary: 'the backup' }),
    'json-password-file': Flags.string({ helpValue: 'FILE|-', summary: 'the password of the backup' }),
    ...useHotkeyFlag,
    ...protectFlags,
    ...overwriteFlag,
  };
  static override result = result('wallet.import/v1', keyCreatedSchema);

  async execute(context: Context<typeof WalletImport>): Promise<Result<typeof WalletImport>> {
    const { flags, args } = context;
    const file = await context.need({
      flag: 'json-file',
      type: 'file',
      message: 'File of the Polkadot-JS backup:',
      value: flags['json-file'] ?? args.file,
      parse: (text) => typedPath(text, context.env),
      check: async (path) => parsePolkadotJson(await readSecretInput(context, 'json-file', path, true)),
    });
    const key = newKeyOf(context);
    const wallet = await needNewWallet(context, key);
    const source = await readBackup(context, file, flags['json-password-file']);
    // A hotkey is unencrypted unless a password is at hand for it, as everywhere.
    const encrypt = !flags['no-password'] && (key.kind === 'coldkey' || flags['wallet-password-file'] !== undefined);
    return createOneKey(context, wallet, { key, source, scheme: 'sr25519', encrypt }, flags.overwrite);
  }

  render(result: Result<typeof WalletImport>, ui: Ui): void {
    renderCreated(result, ui);
  }
}
