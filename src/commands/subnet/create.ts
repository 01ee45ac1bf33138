import { hotkeyAddress } from '../../lib/cli/addresses.ts';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { transactionFlags } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { describeSent, renderSent, sentFields } from '../../lib/cli/sent.ts';
import { identityFlags, identityOf } from '../../lib/cli/subnet-identity.ts';
import { transact } from '../../lib/cli/transact.ts';
import { addressOf, chooseWallet } from '../../lib/cli/wallet-access.ts';
import { planCreateSubnet } from '../../lib/domain/subnet/create-subnet.ts';
import { formatUnits, shortTao } from '../../lib/units.ts';
import { COLDKEY } from '../../lib/wallet/index.ts';

export default class SubnetCreate extends BaseCommand<typeof SubnetCreate> {
  static override summary = 'Create a subnet: its owner is the coldkey, its first neuron the hotkey.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --subnet-name Lighthouse --subnet-url https://example.org',
  ];
  static override flags = { ...identityFlags, ...transactionFlags };
  static override result = result(
    'subnet.create/v1',
    s.object({
      coldkey: s.ss58(),
      hotkey: s.ss58(),
      costTao: s.amount('goes into the pool of the new subnet'),
      netuid: s.optional(s.netuid()),
      ...sentFields,
    }),
  );

  async execute(context: Context<typeof SubnetCreate>): Promise<Result<typeof SubnetCreate>> {
    const { flags, settings } = context;
    const wallet = await chooseWallet(context);
    const [coldkey, hotkey] = [await addressOf(wallet, COLDKEY), await hotkeyAddress(context, wallet)];
    const client = await openChain(context);
    const identity = identityOf(flags);
    const request = { coldkey, hotkey, identity, period: settings.period };
    const { planned, cost } = await planCreateSubnet(client, await client.reader(), request);
    const sent = await transact(context, {
      client,
      plan: planned,
      wallet,
      key: COLDKEY,
      reason: 'to sign the registration of the subnet',
      preview: {
        title: `Create a subnet${identity?.subnet_name ? ` called ${identity.subnet_name}` : ''}`,
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
      ...(event ? { netuid: (event.value as readonly [number, number])[0] } : {}),
      ...describeSent(planned, sent),
    };
  }

  render(created: Result<typeof SubnetCreate>, ui: Ui): void {
    const cost = ui.tao(created.costTao);
    renderSent(created, ui, {
      planned: `a subnet would cost ${cost}.`,
      done: `Subnet ${created.netuid} exists now. Its cost of ${cost} is in its pool. \`subnet start\` enables its token.`,
    });
  }
}
