import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { messageFlags, needMessage } from '../../lib/cli/message-input.ts';
import { needPublicKey } from '../../lib/cli/public-key.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { publicKeyFlags } from '../../lib/cli/wallet-flags.ts';
import { CliError } from '../../lib/errors.ts';
import { verifyMessage } from '../../lib/wallet/index.ts';

export default class WalletVerify extends BaseCommand<typeof WalletVerify> {
  static override summary = 'Check a signature over a message, raw or wrapped as browser wallets do it.';
  static override description = 'A signature that does not match ends with SIGNATURE_INVALID and exit code 12.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --message "I own this" --signature 0a1b… --ss58 5GrwvaEF5z…',
  ];
  static override flags = {
    ...messageFlags,
    signature: Flags.string({ char: 's', helpValue: 'HEX', summary: 'the signature, 64 bytes' }),
    ...publicKeyFlags,
    'key-type': Flags.string({
      aliases: ['crypto-type'],
      options: ['sr25519', 'ed25519'],
      summary: 'signature scheme; both are tried unless given',
    }),
  };
  static override result = result(
    'wallet.verify/v1',
    s.object({
      valid: s.constant(true),
      address: s.ss58(),
      keyType: s.choice(['sr25519', 'ed25519']),
      wrapped: s.boolean('the signature is over <Bytes>message</Bytes>'),
    }),
  );

  async execute(context: Context<typeof WalletVerify>): Promise<Result<typeof WalletVerify>> {
    const { flags } = context;
    const message = await needMessage(context, flags);
    const need = { flag: 'signature', type: 'hex', message: 'Signature:', value: flags.signature, parse: String };
    const signature = await context.need(need);
    const { publicKey, address } = await needPublicKey(context, flags);
    const scheme = flags['key-type'] as 'sr25519' | 'ed25519' | undefined;
    const { valid, wrapped, ...found } = await verifyMessage(message, signature, publicKey, scheme);
    if (!valid || found.scheme === undefined) {
      throw new CliError('SIGNATURE_INVALID', `This is no signature of ${address} over the message.`, {
        hints: ['Message (every space and line end counts), signature and address must belong together.'],
        data: { valid: false, address },
      });
    }
    return { valid: true, address, keyType: found.scheme, wrapped: wrapped === true };
  }

  render({ address, keyType, wrapped }: Result<typeof WalletVerify>, ui: Ui): void {
    ui.done(`${address} signed this message (${keyType}${wrapped ? ', wrapped' : ''}).`);
  }
}
