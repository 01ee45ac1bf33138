import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { netuidArg, netuidFlag } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { readSubnet } from '../../lib/domain/subnet/subnets.ts';
import { formatUnits } from '../../lib/units.ts';

export default class SubnetBurnCost extends BaseCommand<typeof SubnetBurnCost> {
  static override summary = 'What it costs to create a subnet, or with --netuid to register a hotkey on one.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --netuid 5'];
  static override aliases = ['subnet create-cost'];
  static override args = { netuid: netuidArg() };
  static override flags = { netuid: netuidFlag() };
  static override result = result(
    'subnet.burn-cost/v1',
    s.object({
      networkTao: s.amount('locked into the pool of a new subnet'),
      netuid: s.optional(s.netuid()),
      registrationTao: s.optional(s.amount()),
    }),
  );

  async execute(context: Context<typeof SubnetBurnCost>): Promise<Result<typeof SubnetBurnCost>> {
    const netuid = context.flags.netuid ?? context.args.netuid;
    const client = await openChain(context);
    const reader = await client.reader();
    context.meta.block = await client.numberOf(reader.at);
    const networkTao = formatUnits(
      await reader.api<bigint>('SubnetRegistrationRuntimeApi', 'get_network_registration_cost'),
    );
    if (netuid === undefined) return { networkTao };
    await readSubnet(reader, netuid);
    return {
      networkTao,
      netuid,
      registrationTao: formatUnits(await reader.get<bigint>('SubtensorModule', 'Burn', netuid)),
    };
  }

  render({ networkTao, netuid, registrationTao }: Result<typeof SubnetBurnCost>, ui: Ui): void {
    ui.fields([
      ['New subnet', ui.tao(networkTao)],
      [`Register on ${netuid}`, registrationTao === undefined ? undefined : ui.tao(registrationTao)],
    ]);
  }
}
