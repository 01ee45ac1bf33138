import { coldkeyOf } from '../../lib/cli/addresses.ts';
import { type Context, ListCommand, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { ss58Flag } from '../../lib/cli/flags.ts';
import { describePosition, type PositionRow, positionColumns, positionSchema } from '../../lib/cli/position-result.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { readBalance } from '../../lib/domain/balance.ts';
import { readPositions } from '../../lib/domain/stake/positions.ts';
import { formatUnits } from '../../lib/units.ts';

export default class StakeList extends ListCommand<typeof StakeList, PositionRow> {
  static override summary = 'List what is staked where, and what it is worth.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --coldkey-ss58 5F… --json',
  ];
  static override flags = {
    'coldkey-ss58': ss58Flag({
      char: 'k',
      aliases: ['ss58', 'ss58-address', 'coldkey', 'key'],
      summary: "an account's address in place of a wallet",
    }),
  };
  static override result = result(
    'stake.list/v1',
    s.object({
      coldkey: s.ss58(),
      freeTao: s.amount(),
      stakedTao: s.amount('value of all positions at present prices'),
      positions: s.array(positionSchema),
    }),
  );

  protected readonly rowsField = 'positions';
  protected override readonly empty = 'Nothing is staked. `btcli-ts stake add` stakes TAO on a subnet.';
  protected readonly columns = positionColumns;

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
      positions: positions.map(describePosition),
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
