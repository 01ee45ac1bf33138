import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { transactionFlags } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { describePlan, planSchema, transact } from '../../lib/cli/transact.ts';
import { addressOf, chooseWallet, hotkeyAddress } from '../../lib/cli/wallet-access.ts';
import { planCreateSubnet } from '../../lib/domain/subnet/create-subnet.ts';
import { feePaid } from '../../lib/domain/transaction.ts';
import { formatUnits, shortTao } from '../../lib/units.ts';
import { COLDKEY } from '../../lib/wallet/index.ts';

export default class SubnetCreate extends BaseCommand<typeof SubnetCreate> {
  static override summary = 'Create a subnet: its owner is the coldkey, its first neuron the hotkey.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --subnet-name Lighthouse --subnet-url https://example.org',
  ];
  static override flags = {
    'subnet-name': Flags.string({ helpValue: 'NAME', summary: 'name of the subnet' }),
    description: Flags.string({ helpValue: 'TEXT', summary: 'what it is for' }),
    'subnet-url': Flags.string({ aliases: ['url'], helpValue: 'URL', summary: 'its web site' }),
    'github-repo': Flags.string({ aliases: ['repo'], helpValue: 'URL', summary: 'its source' }),
    'subnet-contact': Flags.string({
      aliases: ['contact', 'email'],
      helpValue: 'TEXT',
      summary: 'how to reach the owner',
    }),
    discord: Flags.string({ aliases: ['discord-handle'], helpValue: 'TEXT', summary: 'where to talk about it' }),
    'logo-url': Flags.string({ helpValue: 'URL', summary: 'its logo' }),
    'additional-info': Flags.string({ aliases: ['additional'], helpValue: 'TEXT', summary: 'anything else' }),
    ...transactionFlags,
  };
  static override result = result(
    'subnet.create/v1',
    s.object({
      coldkey: s.ss58(),
      hotkey: s.ss58(),
      costTao: s.amount('goes into the pool of the new subnet'),
      plan: planSchema,
      status: s.choice(['planned', 'submitted', 'included']),
      netuid: s.optional(s.netuid()),
      extrinsicHash: s.optional(s.hash()),
      feePaidTao: s.optional(s.amount()),
    }),
  );

  async execute(context: Context<typeof SubnetCreate>): Promise<Result<typeof SubnetCreate>> {
    const { flags, settings } = context;
    const wallet = await chooseWallet(context);
    const [coldkey, hotkey] = [await addressOf(wallet, COLDKEY), await hotkeyAddress(wallet, settings.hotkey)];
    const client = await openChain(context);
    const text = (value: string | undefined) => value ?? '';
    const identity = {
      subnet_name: text(flags['subnet-name']),
      github_repo: text(flags['github-repo']),
      subnet_contact: text(flags['subnet-contact']),
      subnet_url: text(flags['subnet-url']),
      discord: text(flags.discord),
      description: text(flags.description),
      logo_url: text(flags['logo-url']),
      additional: text(flags['additional-info']),
    };
    const named = Object.values(identity).some((value) => value !== '');
    const { planned, cost } = await planCreateSubnet(client, await client.reader(), {
      coldkey,
      hotkey,
      identity: named ? identity : undefined,
      period: settings.period,
    });
    const sent = await transact(context, {
      client,
      plan: planned,
      wallet,
      key: COLDKEY,
      reason: 'to sign the registration of the subnet',
      preview: {
        title: `Create a subnet${identity.subnet_name ? ` called ${identity.subnet_name}` : ''}`,
        rows: [
          ['Owner hotkey', hotkey],
          ['Cost', `${shortTao(cost)}, into the subnet's pool`],
        ],
        warnings: ['The cost does not come back: it stays in the pool of the subnet.'],
      },
    });
    const event = sent?.outcome?.events.find(
      ({ pallet, name }) => pallet === 'SubtensorModule' && name === 'NetworkAdded',
    );
    return {
      coldkey,
      hotkey,
      costTao: formatUnits(cost),
      plan: describePlan(planned),
      status: sent?.outcome ? 'included' : sent ? 'submitted' : 'planned',
      ...(event ? { netuid: (event.value as readonly [number, number])[0] } : {}),
      ...(sent ? { extrinsicHash: sent.extrinsicHash } : {}),
      ...(sent?.outcome ? { feePaidTao: formatUnits(feePaid(sent.outcome)) } : {}),
    };
  }

  render({ status, netuid, costTao, extrinsicHash }: Result<typeof SubnetCreate>, ui: Ui): void {
    if (status === 'planned') ui.line(`Dry run: a subnet would cost ${ui.tao(costTao)}. Nothing was sent.`);
    else if (status === 'submitted') ui.line(`Sent ${extrinsicHash}; nobody waited for a block.`);
    else ui.done(`Subnet ${netuid} exists now. Its cost of ${ui.tao(costTao)} is in its pool.`);
  }
}
