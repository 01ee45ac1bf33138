import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { messageFlags, needMessage } from '../../lib/cli/message-input.ts';
import { needPublicKey } from '../../lib/cli/public-key.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { sealMessage } from '../../lib/wallet/index.ts';

export default class WalletEncrypt extends BaseCommand<typeof WalletEncrypt> {
  static override summary = 'Encrypt a message so that only the holder of an ed25519 key can read it.';
  static override description =
    "A sealed box, as btcli makes it: the sender cannot be told. For the password of a wallet's own key file see wallet change-password.";
  static override examples = ['<%= config.bin %> <%= command.id %> --to 5FA9nQDVg2… --message "hello"'];
  static override flags = {
    to: Flags.string({
      char: 't',
      aliases: ['to-ss58', 'recipient'],
      helpValue: 'ADDRESS|NAME',
      summary: "the recipient's ed25519 address",
    }),
    ...messageFlags,
  };
  static override result = result(
    'wallet.encrypt/v1',
    s.object({ ciphertext: s.hex('ephemeral key and sealed box'), recipient: s.ss58() }),
  );

  async execute(context: Context<typeof WalletEncrypt>): Promise<Result<typeof WalletEncrypt>> {
    const { flags } = context;
    const recipient = await needPublicKey(context, { ss58: flags.to, 'key-type': 'ed25519' });
    const message = await needMessage(context, flags);
    const box = await sealMessage(message, recipient);
    return { ciphertext: `0x${Buffer.from(box).toString('hex')}`, recipient: recipient.address };
  }

  render({ ciphertext }: Result<typeof WalletEncrypt>, ui: Ui): void {
    ui.line(ciphertext);
  }
}
