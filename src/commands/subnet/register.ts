import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { netuidFlag, priceFlags, transactionFlags } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { needSubnet } from '../../lib/cli/stake-inputs.ts';
import { describePlan, planSchema, transact } from '../../lib/cli/transact.ts';
import { addressOf, chooseWallet, hotkeyAddress } from '../../lib/cli/wallet-access.ts';
import { costRows, describeCost, planRegister } from '../../lib/domain/subnet/register-neuron.ts';
import { feePaid } from '../../lib/domain/transaction.ts';
import { formatUnits } from '../../lib/units.ts';
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
      plan: planSchema,
      status: s.choice(['planned', 'submitted', 'included']),
      uid: s.optional(s.uid()),
      extrinsicHash: s.optional(s.hash()),
      feePaidTao: s.optional(s.amount()),
    }),
  );

  async execute(context: Context<typeof SubnetRegister>): Promise<Result<typeof SubnetRegister>> {
    const { flags, settings } = context;
    const wallet = await chooseWallet(context);
    const [coldkey, hotkey] = [await addressOf(wallet, COLDKEY), await hotkeyAddress(wallet, settings.hotkey)];
    const client = await openChain(context);
    const reader = await client.reader();
    const subnet = await needSubnet(context, reader, flags.netuid);
    const plan = await planRegister(client, reader, {
      subnet,
      coldkey,
      hotkey,
      tolerance: settings.tolerance,
      safe: settings.safe,
      period: settings.period,
    });
    const sent = await transact(context, {
      client,
      plan: plan.planned,
      wallet,
      key: COLDKEY,
      reason: 'to sign the registration',
      preview: {
        title: `Register ${settings.hotkey} on subnet ${subnet.netuid} (${subnet.name})`,
        rows: [['Hotkey', hotkey], ...costRows(plan)],
      },
    });
    const outcome = sent?.outcome;
    const after = outcome && (await client.reader(outcome.blockHash));
    const uid = after && (await after.get<number | undefined>('SubtensorModule', 'Uids', subnet.netuid, hotkey));
    return {
      netuid: subnet.netuid,
      subnet: subnet.name,
      coldkey,
      hotkey,
      ...describeCost(plan),
      plan: describePlan(plan.planned),
      status: outcome ? 'included' : sent ? 'submitted' : 'planned',
      ...(uid === undefined ? {} : { uid }),
      ...(sent ? { extrinsicHash: sent.extrinsicHash } : {}),
      ...(outcome ? { feePaidTao: formatUnits(feePaid(outcome)) } : {}),
    };
  }

  render({ status, netuid, subnet, uid, costTao, extrinsicHash }: Result<typeof SubnetRegister>, ui: Ui): void {
    if (status === 'planned')
      ui.line(`Dry run: registration on subnet ${netuid} would cost ${ui.tao(costTao)}. Nothing was sent.`);
    else if (status === 'submitted') ui.line(`Sent ${extrinsicHash}; nobody waited for a block.`);
    else ui.done(`Registered on subnet ${netuid} (${subnet}) as uid ${uid}.`);
  }
}
