import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { transactionFlags } from '../../lib/cli/flags.ts';
import { setIdentity, setIdentitySchema } from '../../lib/cli/identity-call.ts';
import { renderIdentity } from '../../lib/cli/identity-result.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { renderUnfinished } from '../../lib/cli/sent.ts';
import { CliError } from '../../lib/errors.ts';

export default class WalletSetIdentity extends BaseCommand<typeof WalletSetIdentity> {
  static override summary = 'Say on the chain who a coldkey is; options that are left out stay as they were.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings --id-name "Example Labs" --web-url https://example.org',
  ];
  static override flags = {
    // bittensor 11 means the identity, btcli 9 the wallet, so neither is assumed.
    name: Flags.string({
      hidden: true,
      parse: async () => {
        throw new CliError('USAGE', 'It may mean the identity or the wallet.', {
          hints: ['Say --id-name for the name of the identity, --wallet-name for the wallet.'],
        });
      },
    }),
    'id-name': Flags.string({ aliases: ['identity-name'], helpValue: 'TEXT', summary: 'name' }),
    'web-url': Flags.string({ aliases: ['web', 'url'], helpValue: 'URL', summary: 'web site' }),
    'image-url': Flags.string({ aliases: ['image'], helpValue: 'URL', summary: 'picture' }),
    discord: Flags.string({ helpValue: 'TEXT', summary: 'Discord' }),
    description: Flags.string({ helpValue: 'TEXT', summary: 'description' }),
    additional: Flags.string({ aliases: ['additional-info'], helpValue: 'TEXT', summary: 'anything else' }),
    'github-repo': Flags.string({ aliases: ['github'], helpValue: 'URL', summary: 'repository' }),
    ...transactionFlags,
  };
  static override result = result('wallet.set-identity/v1', setIdentitySchema);

  async execute(context: Context<typeof WalletSetIdentity>): Promise<Result<typeof WalletSetIdentity>> {
    return setIdentity(context, context.flags);
  }

  render(result: Result<typeof WalletSetIdentity>, ui: Ui): void {
    if (!renderUnfinished(result, ui)) ui.done(`The identity of ${result.coldkey} is set.`);
    renderIdentity(result.identity, ui);
  }
}
