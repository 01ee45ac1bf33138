import { Args, Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { chooseHotkeyName, chooseWallet } from '../../lib/cli/wallet-access.ts';
import { useHotkeyFlag } from '../../lib/cli/wallet-flags.ts';
import { parseKeyName, requireWallet } from '../../lib/cli/wallet-keys.ts';
import { hotkey, privateKeyPath, renameHotkey, renameWallet, walletDirectory } from '../../lib/wallet/index.ts';

export default class WalletRename extends BaseCommand<typeof WalletRename> {
  static override summary = 'Rename a wallet, or with --use-hotkey one of its hotkeys.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings --new-name vault',
    '<%= config.bin %> <%= command.id %> --wallet-name savings --hotkey miner1 --use-hotkey --new-name miner2',
  ];
  static override args = { name: Args.string({ description: 'the new name' }) };
  static override flags = {
    'new-name': Flags.string({ helpValue: 'NAME', summary: 'the new name' }),
    ...useHotkeyFlag,
  };
  static override result = result(
    'wallet.rename/v1',
    s.object({ from: s.string('path'), to: s.string('path'), written: s.boolean('false under --dry-run') }),
  );

  async execute(context: Context<typeof WalletRename>): Promise<Result<typeof WalletRename>> {
    const { flags, args, dryRun } = context;
    const wallet = await chooseWallet(context);
    requireWallet(wallet);
    const what = flags['use-hotkey'] ? 'hotkey' : 'wallet';
    const old = what === 'wallet' ? wallet.name : await chooseHotkeyName(context, wallet);
    const parse = (text: string): string => parseKeyName(text, what);
    const given = flags['new-name'] ?? args.name;
    const value = given === undefined ? undefined : parse(given);
    const name = await context.need({
      flag: 'new-name',
      type: 'name',
      message: `New name of the ${what}:`,
      value,
      parse,
    });
    if (dryRun) {
      const place = (one: string): string =>
        what === 'wallet' ? walletDirectory({ ...wallet, name: one }) : privateKeyPath(wallet, hotkey(one));
      return { from: place(old), to: place(name), written: false };
    }
    const renamed = await (what === 'wallet' ? renameWallet(wallet, name) : renameHotkey(wallet, old, name));
    context.note('Saved keychain passwords and BT_PW_… variables name the old path and do not follow.');
    return { ...renamed, written: true };
  }

  render({ from, to, written }: Result<typeof WalletRename>, ui: Ui): void {
    if (written) ui.done(`${from} is now ${to}`);
    else ui.line(`Dry run: ${from} would become ${to}.`);
  }
}
