import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { createAndHandOver } from '../../lib/cli/create-keys.ts';
import { renderCreated, walletCreatedSchema } from '../../lib/cli/created-keys.ts';
import { newKeySource, schemeOf } from '../../lib/cli/key-source.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { newKeyFlags, protectFlags } from '../../lib/cli/wallet-flags.ts';
import { needNewHotkey, needNewWallet } from '../../lib/cli/wallet-keys.ts';
import { COLDKEY, walletDirectory } from '../../lib/wallet/index.ts';

export default class WalletCreate extends BaseCommand<typeof WalletCreate> {
  static override summary = 'Make a wallet: a coldkey, encrypted, and a hotkey.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings',
    '<%= config.bin %> <%= command.id %> --wallet-name ci --hotkey miner --no-password --yes --json',
    '<%= config.bin %> <%= command.id %> --wallet-name savings --wallet-password-file pw --mnemonic-file phrase --yes',
  ];
  static override flags = {
    ...newKeyFlags,
    ...protectFlags,
    'hotkey-key-type': Flags.string({
      aliases: ['hotkey-crypto-type'],
      options: ['sr25519', 'ed25519'],
      summary: 'signature scheme of the hotkey; that of the coldkey unless given',
    }),
    'encrypt-hotkey': Flags.boolean({ summary: 'encrypt the hotkey too, with the same password' }),
  };
  static override result = result('wallet.create/v1', walletCreatedSchema);

  async execute(context: Context<typeof WalletCreate>): Promise<Result<typeof WalletCreate>> {
    const { flags } = context;
    const wallet = await needNewWallet(context);
    const hotkey = await needNewHotkey(context, wallet);
    const scheme = schemeOf(flags);
    const hotkeyScheme = schemeOf({ 'key-type': flags['hotkey-key-type'] ?? flags['key-type'] });
    const encrypt = !flags['no-password'];
    const coldkey = { key: COLDKEY, source: newKeySource(flags), scheme, encrypt, phraseFile: flags['mnemonic-file'] };
    const encryptHotkey = encrypt && flags['encrypt-hotkey'];
    const { keys, ...rest } = await createAndHandOver(context, {
      wallet,
      keys: [coldkey, { key: hotkey, source: newKeySource(flags), scheme: hotkeyScheme, encrypt: encryptHotkey }],
      overwrite: flags.overwrite,
    });
    return { wallet: wallet.name, path: walletDirectory(wallet), ...rest, coldkey: keys[0]!, hotkey: keys[1]! };
  }

  render(result: Result<typeof WalletCreate>, ui: Ui): void {
    renderCreated(result, ui);
  }
}
