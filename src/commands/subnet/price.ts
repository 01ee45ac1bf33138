import { Flags } from '@oclif/core';
import { type Context, ListCommand, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { netuidFlag } from '../../lib/cli/flags.ts';
import type { Column } from '../../lib/cli/render/table.ts';
import { type Infer, result, s } from '../../lib/cli/schema/schema.ts';
import { readSubnet, readSubnets } from '../../lib/domain/subnet/subnets.ts';
import { formatUnits } from '../../lib/units.ts';

const price = s.object({
  netuid: s.netuid(),
  name: s.string(),
  symbol: s.string(),
  priceTao: s.amount(),
  movingPriceTao: s.amount(),
});
type Price = Infer<typeof price>;

export default class SubnetPrice extends ListCommand<typeof SubnetPrice, Price> {
  static override summary = "The price of a subnet's alpha in TAO, or of all.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> --netuid 5',
    '<%= config.bin %> <%= command.id %> --csv',
  ];
  static override flags = {
    netuid: netuidFlag(),
    // What happens anyway; btcli's scripts say it.
    all: Flags.boolean({ aliases: ['all-netuids'], hidden: true, summary: 'all subnets (default)' }),
  };
  static override result = result('subnet.price/v1', s.object({ prices: s.array(price) }));

  protected readonly rowsField = 'prices';
  protected readonly columns: readonly Column<Price>[] = [
    { key: 'netuid', header: 'Netuid', align: 'right' },
    { key: 'name', header: 'Name', shrink: 'end' },
    { key: 'symbol', header: 'Symbol' },
    { key: 'priceTao', header: 'Price', align: 'right', text: ({ priceTao }, ui) => ui.tao(priceTao) },
    {
      key: 'movingPriceTao',
      header: 'Moving average',
      align: 'right',
      text: ({ movingPriceTao }, ui) => ui.tao(movingPriceTao),
    },
  ];

  async execute(context: Context<typeof SubnetPrice>): Promise<Result<typeof SubnetPrice>> {
    const { netuid } = context.flags;
    const client = await openChain(context);
    const reader = await client.reader();
    context.meta.block = await client.numberOf(reader.at);
    const subnets =
      netuid === undefined
        ? (await readSubnets(reader)).filter((subnet) => subnet.netuid !== 0)
        : [await readSubnet(reader, netuid)];
    return {
      prices: subnets.map((subnet) => ({
        netuid: subnet.netuid,
        name: subnet.name,
        symbol: subnet.symbol,
        priceTao: formatUnits(subnet.price),
        movingPriceTao: formatUnits(subnet.movingPrice),
      })),
    };
  }
}
