import { type Context, ListCommand, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { netuidArg, netuidFlag } from '../../lib/cli/flags.ts';
import { describeNeuron, type NeuronRow, neuronColumns, neuronSchema } from '../../lib/cli/neuron-result.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { needSubnet } from '../../lib/cli/stake-inputs.ts';
import { describeSubnet, subnetSchema } from '../../lib/cli/subnet-result.ts';
import { readNeurons } from '../../lib/domain/subnet/neurons.ts';
import { formatUnits } from '../../lib/units.ts';

export default class SubnetShow extends ListCommand<typeof SubnetShow, NeuronRow> {
  static override summary = 'Show a subnet: its pool, its registration cost and its neurons.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --netuid 5',
    '<%= config.bin %> <%= command.id %> --netuid 5 --filter validator=true',
  ];
  static override aliases = ['subnet metagraph'];
  static override args = { netuid: netuidArg() };
  static override flags = { netuid: netuidFlag() };
  static override result = result(
    'subnet.show/v1',
    s.object({
      subnet: subnetSchema,
      registrationCostTao: s.amount(),
      tokenEnabled: s.boolean(),
      neurons: s.array(neuronSchema),
    }),
  );

  protected readonly rowsField = 'neurons';
  protected override readonly empty = 'No neuron is registered.';
  protected readonly columns = neuronColumns;

  async execute(context: Context<typeof SubnetShow>): Promise<Result<typeof SubnetShow>> {
    const client = await openChain(context);
    const reader = await client.reader();
    const subnet = await needSubnet(context, reader, context.flags.netuid ?? context.args.netuid);
    const [neurons, [burn, enabled], block] = await Promise.all([
      readNeurons(reader, subnet.netuid),
      reader.many<[bigint, boolean]>([
        ['SubtensorModule', 'Burn', subnet.netuid],
        ['SubtensorModule', 'SubtokenEnabled', subnet.netuid],
      ]),
      client.numberOf(reader.at),
    ]);
    context.meta.block = block;
    return {
      subnet: describeSubnet(subnet),
      registrationCostTao: formatUnits(burn),
      tokenEnabled: enabled,
      neurons: neurons.map(describeNeuron),
    };
  }

  protected override footer({ subnet, registrationCostTao, tokenEnabled }: Result<typeof SubnetShow>, ui: Ui): void {
    ui.heading(`Subnet ${subnet.netuid}: ${subnet.name}`);
    ui.fields([
      ['About', subnet.description || undefined],
      ['Price', `${ui.tao(subnet.priceTao)} per ${subnet.symbol}`],
      ['Pool', `${ui.tao(subnet.poolTao)} and ${ui.alpha(subnet.poolAlpha, subnet.symbol)}`],
      ['Staked', ui.alpha(subnet.outsideAlpha, subnet.symbol)],
      ['Registration', ui.tao(registrationCostTao)],
      // Root has none.
      ['Epoch', subnet.netuid === 0 ? undefined : `${subnet.blocksSinceEpoch} of ${subnet.tempo} blocks`],
      ['Token', tokenEnabled ? 'enabled' : 'not enabled: it cannot be staked yet'],
      ['Owner', subnet.ownerColdkey],
    ]);
  }
}
