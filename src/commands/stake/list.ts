import { type Context, ListCommand, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { ss58Flag } from '../../lib/cli/flags.ts';
import type { Column } from '../../lib/cli/render/table.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { type Infer, result, s } from '../../lib/cli/schema/schema.ts';
import { coldkeyOf } from '../../lib/cli/wallet-access.ts';
import { readBalance } from '../../lib/domain/balance.ts';
import { readPositions } from '../../lib/domain/stake/positions.ts';
import { formatUnits } from '../../lib/units.ts';

const position = s.object({
  netuid: s.netuid(),
  subnet: s.string(),
  symbol: s.string(),
  hotkey: s.ss58(),
  stakedAlpha: s.amount(),
  lockedAlpha: s.amount('part that may not leave yet'),
  priceTao: s.amount(),
  valueTao: s.amount('at the present price'),
  proceedsTao: s.nullable(
    s.amount('what selling it all would bring now, fee and slippage included; null if the pool refuses'),
  ),
  emissionAlpha: s.amount("alpha of the hotkey's last epoch"),
  registered: s.boolean('the hotkey is registered on the subnet'),
});
type Position = Infer<typeof position>;

export default class StakeList extends ListCommand<typeof StakeList, Position> {
  static override summary = 'List what is staked where, and what it is worth.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --coldkey-ss58 5F… --json',
  ];
  static override flags = { 'coldkey-ss58': ss58Flag({ summary: "an account's address in place of a wallet" }) };
  static override result = result(
    'stake.list/v1',
    s.object({
      coldkey: s.ss58(),
      freeTao: s.amount(),
      stakedTao: s.amount('value of all positions at present prices'),
      positions: s.array(position),
    }),
  );

  protected readonly rowsField = 'positions';
  protected override readonly empty = 'Nothing is staked. `btcli-ts stake add` stakes TAO on a subnet.';
  protected readonly columns: readonly Column<Position>[] = [
    { key: 'netuid', header: 'Netuid', align: 'right' },
    { key: 'subnet', header: 'Subnet', shrink: 'end' },
    { key: 'hotkey', header: 'Validator', shrink: 'middle' },
    {
      key: 'stakedAlpha',
      header: 'Staked',
      align: 'right',
      text: ({ stakedAlpha, symbol }, ui) => ui.alpha(stakedAlpha, symbol, 4),
    },
    { key: 'priceTao', header: 'Price', align: 'right', text: ({ priceTao }, ui) => ui.tao(priceTao, 6) },
    { key: 'valueTao', header: 'Value', align: 'right', text: ({ valueTao }, ui) => ui.tao(valueTao, 4) },
    {
      key: 'proceedsTao',
      header: 'If sold now',
      align: 'right',
      text: ({ proceedsTao }, ui) => (proceedsTao === null ? '–' : ui.tao(proceedsTao, 4)),
    },
    { key: 'emissionAlpha', header: 'Last epoch', align: 'right', optional: true },
    { key: 'lockedAlpha', header: 'Locked', align: 'right', optional: true },
  ];

  async execute(context: Context<typeof StakeList>): Promise<Result<typeof StakeList>> {
    const coldkey = await coldkeyOf(context, context.flags['coldkey-ss58']);
    const client = await openChain(context);
    const reader = await client.reader();
    const [positions, balance, block] = await Promise.all([
      readPositions(reader, coldkey),
      readBalance(reader, coldkey),
      client.numberOf(reader.at),
    ]);
    context.meta.block = block;
    return {
      coldkey,
      freeTao: formatUnits(balance.free),
      stakedTao: formatUnits(positions.reduce((sum, { value }) => sum + value, 0n)),
      positions: positions.map(({ subnet, hotkey, alpha, locked, value, proceeds, emission, registered }) => ({
        netuid: subnet.netuid,
        subnet: subnet.name,
        symbol: subnet.symbol,
        hotkey,
        stakedAlpha: formatUnits(alpha),
        lockedAlpha: formatUnits(locked),
        priceTao: formatUnits(subnet.price),
        valueTao: formatUnits(value),
        proceedsTao: proceeds === null ? null : formatUnits(proceeds),
        emissionAlpha: formatUnits(emission),
        registered,
      })),
    };
  }

  protected override footer({ coldkey, freeTao, stakedTao }: Result<typeof StakeList>, ui: Ui): void {
    ui.line();
    ui.fields([
      ['Coldkey', coldkey],
      ['Free', ui.tao(freeTao)],
      ['Staked', ui.tao(stakedTao)],
    ]);
  }
}
