import { type Context, ListCommand, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { netuidFlag } from '../../lib/cli/flags.ts';
import type { Column } from '../../lib/cli/render/table.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { type Infer, result, s } from '../../lib/cli/schema/schema.ts';
import { needSubnet } from '../../lib/cli/stake-inputs.ts';
import { describeSubnet, subnetSchema } from '../../lib/cli/subnet-result.ts';
import { readNeurons } from '../../lib/domain/subnet/neurons.ts';
import { formatUnits } from '../../lib/units.ts';

const neuron = s.object({
  uid: s.uid(),
  hotkey: s.ss58(),
  coldkey: s.ss58(),
  validator: s.boolean('holds a validator permit'),
  active: s.boolean(),
  stake: s.amount('alpha plus weighted TAO'),
  stakedAlpha: s.amount(),
  stakedTao: s.amount('on root'),
  emissionAlpha: s.amount('in the last epoch'),
  incentive: s.number('share of 1'),
  dividends: s.number('share of 1'),
  consensus: s.number('share of 1'),
  lastUpdate: s.block(),
});
type Row = Infer<typeof neuron>;

export default class SubnetShow extends ListCommand<typeof SubnetShow, Row> {
  static override summary = 'Show a subnet: its pool, its registration cost and its neurons.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --netuid 5',
    '<%= config.bin %> <%= command.id %> --netuid 5 --filter validator=true',
  ];
  static override flags = { netuid: netuidFlag() };
  static override result = result(
    'subnet.show/v1',
    s.object({
      subnet: subnetSchema,
      registrationCostTao: s.amount(),
      tokenEnabled: s.boolean(),
      neurons: s.array(neuron),
    }),
  );

  protected readonly rowsField = 'neurons';
  protected override readonly empty = 'No neuron is registered.';
  protected readonly columns: readonly Column<Row>[] = [
    { key: 'uid', header: 'UID', align: 'right' },
    { key: 'hotkey', header: 'Hotkey', shrink: 'middle' },
    { key: 'coldkey', header: 'Coldkey', shrink: 'middle', optional: true },
    { key: 'validator', header: 'Role', text: ({ validator }) => (validator ? 'validator' : 'miner') },
    { key: 'stake', header: 'Stake', align: 'right', text: ({ stake }, ui) => ui.alpha(stake, '', 3).trimEnd() },
    {
      key: 'emissionAlpha',
      header: 'Last epoch',
      align: 'right',
      text: ({ emissionAlpha }, ui) => ui.alpha(emissionAlpha, '', 4).trimEnd(),
    },
    { key: 'incentive', header: 'Incentive', align: 'right', text: ({ incentive }) => incentive.toFixed(4) },
    { key: 'dividends', header: 'Dividends', align: 'right', text: ({ dividends }) => dividends.toFixed(4) },
  ];

  async execute(context: Context<typeof SubnetShow>): Promise<Result<typeof SubnetShow>> {
    const client = await openChain(context);
    const reader = await client.reader();
    const subnet = await needSubnet(context, reader, context.flags.netuid);
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
      neurons: neurons.map((row) => ({
        uid: row.uid,
        hotkey: row.hotkey,
        coldkey: row.coldkey,
        validator: row.validatorPermit,
        active: row.active,
        stake: formatUnits(row.totalStake),
        stakedAlpha: formatUnits(row.alphaStake),
        stakedTao: formatUnits(row.taoStake),
        emissionAlpha: formatUnits(row.emission),
        incentive: row.incentive / 65_535,
        dividends: row.dividends / 65_535,
        consensus: row.consensus / 65_535,
        lastUpdate: row.lastUpdate,
      })),
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
      ['Epoch', `${subnet.blocksSinceEpoch} of ${subnet.tempo} blocks`],
      ['Token', tokenEnabled ? 'enabled' : 'not enabled: it cannot be staked yet'],
      ['Owner', subnet.ownerColdkey],
    ]);
  }
}
