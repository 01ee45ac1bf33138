import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { unlockFlags } from '../../lib/cli/flags.ts';
import { existingPassword } from '../../lib/cli/passwords.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { chooseWallet } from '../../lib/cli/wallet-access.ts';
import { useHotkeyFlag } from '../../lib/cli/wallet-flags.ts';
import { keyOf, requireWallet } from '../../lib/cli/wallet-keys.ts';
import { describeWallet, protectionText, walletSchema } from '../../lib/cli/wallet-summary.ts';
import { unlockSigner } from '../../lib/wallet/index.ts';

export default class WalletShow extends BaseCommand<typeof WalletShow> {
  static override summary = "Show a wallet's keys: addresses, types, files, protection.";
  static override description = 'With --unlock the key is opened with its password and held to its public file.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings',
    '<%= config.bin %> <%= command.id %> --wallet-name savings --unlock',
  ];
  static override flags = {
    unlock: Flags.boolean({ aliases: ['check'], summary: 'open the key, to see that password and file are right' }),
    ...useHotkeyFlag,
    ...unlockFlags,
  };
  static override result = result(
    'wallet.show/v1',
    s.object({ wallet: walletSchema, unlocked: s.nullable(s.ss58('the key that was opened')) }),
  );

  async execute(context: Context<typeof WalletShow>): Promise<Result<typeof WalletShow>> {
    const ref = await chooseWallet(context);
    requireWallet(ref);
    let unlocked: string | null = null;
    if (context.flags.unlock) {
      const key = keyOf(context);
      const request = { wallet: ref, key, password: existingPassword(context), reason: 'to check it' };
      const { value: signer, warnings } = await unlockSigner(request);
      unlocked = signer.address;
      signer.dispose();
      for (const warning of warnings) context.warn(warning.message);
    }
    return { wallet: describeWallet(requireWallet(ref), ref.root), unlocked };
  }

  render({ wallet, unlocked }: Result<typeof WalletShow>, ui: Ui): void {
    ui.heading(`Wallet ${wallet.name}`);
    ui.fields([['Folder', wallet.path]]);
    for (const key of [...(wallet.coldkey ? [wallet.coldkey] : []), ...wallet.hotkeys]) {
      ui.heading(key === wallet.coldkey ? 'Coldkey' : `Hotkey ${key.name}`);
      ui.fields([
        ['Address', key.address ?? undefined],
        ['Public key', key.publicKey ?? undefined],
        ['Type', key.keyType ?? undefined],
        ['Kept', protectionText(key, ui)],
        ['File', key.file],
      ]);
    }
    if (unlocked !== null) ui.done(`${unlocked} opens, and its files belong together.`);
  }
}
