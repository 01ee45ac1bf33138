import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { netuidFlag, transactionFlags } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { describeSent, renderSent, sentFields } from '../../lib/cli/sent.ts';
import { needSubnet } from '../../lib/cli/stake-inputs.ts';
import { transact } from '../../lib/cli/transact.ts';
import { addressOf, chooseWallet } from '../../lib/cli/wallet-access.ts';
import { planStartSubnet } from '../../lib/domain/subnet/start-subnet.ts';
import { shortTao } from '../../lib/units.ts';
import { COLDKEY } from '../../lib/wallet/index.ts';

export default class SubnetStart extends BaseCommand<typeof SubnetStart> {
  static override summary =
    'Start a subnet that you own: its token can be traded and its alpha is minted from the next block.';
  static override examples = ['<%= config.bin %> <%= command.id %> --netuid 9'];
  static override flags = { netuid: netuidFlag(), ...transactionFlags };
  static override result = result(
    'subnet.start/v1',
    s.object({ netuid: s.netuid(), subnet: s.string(), coldkey: s.ss58(), ...sentFields }),
  );

  async execute(context: Context<typeof SubnetStart>): Promise<Result<typeof SubnetStart>> {
    const wallet = await chooseWallet(context);
    const coldkey = await addressOf(wallet, COLDKEY);
    const client = await openChain(context);
    const reader = await client.reader();
    const subnet = await needSubnet(context, reader, context.flags.netuid);
    const plan = await planStartSubnet(client, reader, { subnet, coldkey, period: context.settings.period });
    const sent = await transact(context, {
      client,
      plan,
      wallet,
      key: COLDKEY,
      reason: 'to sign the start as the owner',
      preview: { title: `Start subnet ${subnet.netuid} (${subnet.name})`, rows: [['Price', shortTao(subnet.price)]] },
    });
    return { netuid: subnet.netuid, subnet: subnet.name, coldkey, ...describeSent(plan, sent) };
  }

  render(started: Result<typeof SubnetStart>, ui: Ui): void {
    const name = `subnet ${started.netuid} (${started.subnet})`;
    renderSent(started, ui, {
      planned: `${name} would be started.`,
      done: `Started ${name}: its token can be traded.`,
    });
  }
}
