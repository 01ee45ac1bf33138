import { hotkeyAddress } from '../../lib/cli/addresses.ts';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { netuidFlag, priceFlags, transactionFlags } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { describeSent, renderSent, sentFields } from '../../lib/cli/sent.ts';
import { needSubnet } from '../../lib/cli/stake-inputs.ts';
import { transact } from '../../lib/cli/transact.ts';
import { addressOf, chooseWallet } from '../../lib/cli/wallet-access.ts';
import { costRows, describeCost, planRegister } from '../../lib/domain/subnet/register-neuron.ts';
import { COLDKEY } from '../../lib/wallet/index.ts';

export default class SubnetRegister extends BaseCommand<typeof SubnetRegister> {
  static override summary = "Register the wallet's hotkey as a neuron of a subnet (--netuid 0: as a root validator).";
  static override examples = ['<%= config.bin %> <%= command.id %> --netuid 5 --hotkey miner'];
  static override flags = {
    netuid: netuidFlag(),
    tolerance: priceFlags.tolerance,
    safe: priceFlags.safe,
    ...transactionFlags,
  };
  static override result = result(
    'subnet.register/v1',
    s.object({
      netuid: s.netuid(),
      subnet: s.string(),
      coldkey: s.ss58(),
      hotkey: s.ss58(),
      costTao: s.amount('burned'),
      limitTao: s.nullable(s.amount('most that the chain may take')),
      uid: s.optional(s.uid()),
      ...sentFields,
    }),
  );

  async execute(context: Context<typeof SubnetRegister>): Promise<Result<typeof SubnetRegister>> {
    const { flags, settings } = context;
    const { tolerance, safe, period } = settings;
    const wallet = await chooseWallet(context);
    const [coldkey, hotkey] = [await addressOf(wallet, COLDKEY), await hotkeyAddress(context, wallet)];
    const client = await openChain(context);
    const reader = await client.reader();
    const subnet = await needSubnet(context, reader, flags.netuid);
    const { netuid, name } = subnet;
    const plan = await planRegister(client, reader, { subnet, coldkey, hotkey, tolerance, safe, period });
    const sent = await transact(context, {
      client,
      plan: plan.planned,
      wallet,
      key: COLDKEY,
      reason: 'to sign the registration',
      preview: {
        title: `Register a hotkey on subnet ${netuid} (${name})`,
        rows: [['Hotkey', hotkey], ...costRows(plan)],
      },
    });
    const after = sent?.outcome && (await client.reader(sent.outcome.blockHash));
    const uid = after && (await after.get<number | undefined>('SubtensorModule', 'Uids', netuid, hotkey));
    return {
      netuid,
      subnet: name,
      coldkey,
      hotkey,
      ...describeCost(plan),
      ...(uid === undefined ? {} : { uid }),
      ...describeSent(plan.planned, sent),
    };
  }

  render(registered: Result<typeof SubnetRegister>, ui: Ui): void {
    const { netuid, subnet, uid, costTao } = registered;
    renderSent(registered, ui, {
      planned: `registration on subnet ${netuid} would cost ${ui.tao(costTao)}.`,
      done: `Registered on subnet ${netuid} (${subnet}) as uid ${uid}.`,
    });
  }
}
