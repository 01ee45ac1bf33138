import { type Context, ListCommand, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import type { Column } from '../../lib/cli/render/table.ts';
import { type Infer, result, s } from '../../lib/cli/schema/schema.ts';
import { describeSubnet, listedSubnetSchema } from '../../lib/cli/subnet-result.ts';
import { readSubnets } from '../../lib/domain/subnet/subnets.ts';
import { formatUnits } from '../../lib/units.ts';

type Row = Infer<typeof listedSubnetSchema>;

export default class SubnetList extends ListCommand<typeof SubnetList, Row> {
  static override summary = 'List the subnets with their prices, pools and what registering costs.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --sort -priceTao',
    '<%= config.bin %> <%= command.id %> --sort registrationTao',
    '<%= config.bin %> <%= command.id %> --json',
  ];
  static override result = result('subnet.list/v1', s.object({ subnets: s.array(listedSubnetSchema) }));

  protected readonly rowsField = 'subnets';
  protected readonly columns: readonly Column<Row>[] = [
    { key: 'netuid', header: 'Netuid', align: 'right' },
    { key: 'name', header: 'Name', shrink: 'end' },
    { key: 'symbol', header: 'Symbol', optional: true },
    { key: 'priceTao', header: 'Price', align: 'right', text: ({ priceTao }, ui) => ui.tao(priceTao, 6) },
    { key: 'poolTao', header: 'TAO in pool', align: 'right', text: ({ poolTao }, ui) => ui.tao(poolTao, 2) },
    {
      key: 'poolAlpha',
      header: 'Alpha in pool',
      align: 'right',
      text: ({ poolAlpha, symbol }, ui) => ui.alpha(poolAlpha, symbol, 2),
    },
    {
      key: 'outsideAlpha',
      header: 'Alpha staked',
      align: 'right',
      text: ({ outsideAlpha, symbol }, ui) => ui.alpha(outsideAlpha, symbol, 2),
      optional: true,
    },
    {
      key: 'emissionAlpha',
      header: 'Alpha/block',
      align: 'right',
      text: ({ emissionAlpha, symbol }, ui) => ui.alpha(emissionAlpha, symbol, 4),
      optional: true,
    },
    {
      key: 'tempo',
      header: 'Epoch',
      align: 'right',
      text: ({ netuid, blocksSinceEpoch, tempo }) => (netuid === 0 ? '–' : `${blocksSinceEpoch}/${tempo}`),
    },
    {
      key: 'registrationTao',
      header: 'Registration',
      align: 'right',
      text: ({ registrationTao }, ui) => (registrationTao === null ? '–' : ui.tao(registrationTao, 6)),
      spare: 1,
    },
    { key: 'ownerColdkey', header: 'Owner', shrink: 'middle', optional: true },
  ];

  async execute(context: Context<typeof SubnetList>): Promise<Result<typeof SubnetList>> {
    const client = await openChain(context);
    const reader = await client.reader();
    context.meta.block = await client.numberOf(reader.at);
    const subnets = await readSubnets(reader);
    const burns = await reader.many<bigint[]>(subnets.map(({ netuid }) => ['SubtensorModule', 'Burn', netuid]));
    return {
      subnets: subnets.map((subnet, index) => ({
        ...describeSubnet(subnet),
        registrationTao: subnet.netuid === 0 ? null : formatUnits(burns[index]!),
      })),
    };
  }
}
