import { Flags } from '@oclif/core';
import { coldkeyOf } from '../../lib/cli/addresses.ts';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { describeIdentity, identitySchema, renderIdentity } from '../../lib/cli/identity-result.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { readIdentity } from '../../lib/domain/wallet/identity.ts';

export default class WalletGetIdentity extends BaseCommand<typeof WalletGetIdentity> {
  static override summary = 'Show what a coldkey says of itself on the chain; no key is needed.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --wallet-name savings',
    '<%= config.bin %> <%= command.id %> --ss58 5GrwvaEF5z…',
  ];
  static override flags = {
    ss58: Flags.string({
      char: 'k',
      aliases: ['coldkey-ss58', 'coldkey', 'key'],
      helpValue: 'ADDRESS|NAME',
      summary: 'another coldkey',
    }),
  };
  static override result = result(
    'wallet.get-identity/v1',
    s.object({ coldkey: s.ss58(), identity: s.nullable(identitySchema) }),
  );

  async execute(context: Context<typeof WalletGetIdentity>): Promise<Result<typeof WalletGetIdentity>> {
    const coldkey = await coldkeyOf(context, context.flags.ss58);
    const client = await openChain(context);
    const reader = await client.reader();
    context.meta.block = await client.numberOf(reader.at);
    const identity = await readIdentity(reader, coldkey);
    return { coldkey, identity: identity ? describeIdentity(identity) : null };
  }

  render({ coldkey, identity }: Result<typeof WalletGetIdentity>, ui: Ui): void {
    if (identity) renderIdentity(identity, ui);
    else ui.line(`${coldkey} has no identity on the chain.`);
  }
}
