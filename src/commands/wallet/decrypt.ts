import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { unlockFlags } from '../../lib/cli/flags.ts';
import { existingPassword } from '../../lib/cli/passwords.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { chooseKey, chooseWallet } from '../../lib/cli/wallet-access.ts';
import { useHotkeyFlag } from '../../lib/cli/wallet-flags.ts';
import { CliError } from '../../lib/errors.ts';
import { openSealedMessage, unlockKeyPair, wipeKeyPair } from '../../lib/wallet/index.ts';

export default class WalletDecrypt extends BaseCommand<typeof WalletDecrypt> {
  static override summary = "Read a message that was encrypted to the wallet's ed25519 key.";
  static override description = 'To take the password off a key file see wallet change-password.';
  static override examples = ['<%= config.bin %> <%= command.id %> --wallet-name mail --ciphertext 0xc2b081…'];
  static override flags = {
    ciphertext: Flags.string({ char: 'c', helpValue: 'HEX', summary: 'what wallet encrypt printed' }),
    ...useHotkeyFlag,
    ...unlockFlags,
  };
  static override result = result(
    'wallet.decrypt/v1',
    s.object({ message: s.nullable(s.string('null when it is no text')), messageHex: s.hex(), address: s.ss58() }),
  );

  async execute(context: Context<typeof WalletDecrypt>): Promise<Result<typeof WalletDecrypt>> {
    const { flags } = context;
    const wallet = await chooseWallet(context);
    const need = { flag: 'ciphertext', type: 'hex', message: 'Ciphertext:', value: flags.ciphertext, parse: String };
    const digits = (await context.need(need)).trim().replace(/^0x/i, '');
    if (digits.length % 2 !== 0 || !/^[0-9a-fA-F]+$/.test(digits)) {
      throw new CliError('MESSAGE_UNDECRYPTABLE', 'A ciphertext is written in hex, with or without 0x.');
    }
    const request = {
      wallet,
      key: await chooseKey(context, wallet),
      password: existingPassword(context),
      reason: 'to read the message',
    };
    const { value: pair, warnings } = await unlockKeyPair(request);
    for (const warning of warnings) context.warn(warning.message);
    try {
      const bytes = Buffer.from(await openSealedMessage(Uint8Array.from(Buffer.from(digits, 'hex')), pair));
      const text = bytes.toString('utf8');
      const message = Buffer.from(text, 'utf8').equals(bytes) ? text : null;
      return { message, messageHex: `0x${bytes.toString('hex')}`, address: pair.address };
    } finally {
      wipeKeyPair(pair);
    }
  }

  render({ message, messageHex }: Result<typeof WalletDecrypt>, ui: Ui): void {
    ui.verbatim(message ?? messageHex);
  }
}
