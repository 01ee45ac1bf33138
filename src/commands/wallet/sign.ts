import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { unlockFlags } from '../../lib/cli/flags.ts';
import { messageFlags, needMessage } from '../../lib/cli/message-input.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { chooseKey, chooseWallet, openSigner } from '../../lib/cli/wallet-access.ts';
import { useHotkeyFlag } from '../../lib/cli/wallet-flags.ts';
import { signMessage } from '../../lib/wallet/index.ts';

export default class WalletSign extends BaseCommand<typeof WalletSign> {
  static override summary = 'Sign a message with the coldkey, or with the hotkey.';
  static override description =
    'The bytes are signed as they are, as btcli does it. The signature proves that you hold the key; it moves nothing.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings --message "I own this"',
    '<%= config.bin %> <%= command.id %> --wallet-name savings --use-hotkey --message-file claim.txt --json',
  ];
  static override flags = { ...messageFlags, ...useHotkeyFlag, ...unlockFlags };
  static override result = result(
    'wallet.sign/v1',
    s.object({
      signature: s.string('128 hex digits, without 0x'),
      signerAddress: s.ss58(),
      keyType: s.choice(['sr25519', 'ed25519']),
    }),
  );

  async execute(context: Context<typeof WalletSign>): Promise<Result<typeof WalletSign>> {
    const wallet = await chooseWallet(context);
    const message = await needMessage(context, context.flags);
    const signer = await openSigner(context, wallet, await chooseKey(context, wallet), 'to sign the message');
    const signature = await signMessage(signer, message);
    return { signature, signerAddress: signer.address, keyType: signer.scheme };
  }

  render({ signature, signerAddress }: Result<typeof WalletSign>, ui: Ui): void {
    ui.fields([
      ['Signer', signerAddress],
      ['Signature', signature],
    ]);
  }
}
