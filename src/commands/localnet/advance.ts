import { Flags } from '@oclif/core';
import { BaseCommand, type Context, type Result } from '../../lib/cli/base-command.ts';
import { netuidFlag } from '../../lib/cli/flags.ts';
import { openLocalChain } from '../../lib/cli/localnet-access.ts';
import { advanceGoal, advanceShowing, describeAdvance, plannedAdvance } from '../../lib/cli/localnet-advance.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';

export default class LocalnetAdvance extends BaseCommand<typeof LocalnetAdvance> {
  static override summary = 'Make blocks on the bundled chain: a number, up to a block, days, or epochs of subnets.';
  static override aliases = ['localnet mine'];
  static override examples = [
    '<%= config.bin %> <%= command.id %> --blocks 100',
    '<%= config.bin %> <%= command.id %> --epochs 1 --netuid 5',
    '<%= config.bin %> <%= command.id %> --days 1 --json',
  ];
  static override flags = {
    blocks: Flags.string({ char: 'b', helpValue: 'N', summary: 'so many blocks' }),
    'until-block': Flags.string({ helpValue: 'N', summary: 'up to this block' }),
    days: Flags.string({ helpValue: 'N', summary: "so many days of the chain's own time" }),
    epochs: Flags.string({ helpValue: 'N', summary: 'until every subnet, or the one of --netuid, had so many epochs' }),
    netuid: netuidFlag({ summary: 'the subnet whose epochs count' }),
  };
  static override result = result(
    'localnet.advance/v1',
    s.object({
      fromBlock: s.block(),
      toBlock: s.block(),
      blocks: s.integer(),
      seconds: s.number('time that the blocks took'),
      blocksPerSecond: s.number(),
      epochs: s.array(s.object({ netuid: s.netuid(), epochs: s.integer() }), 'epochs that ran meanwhile'),
      planned: s.boolean('--dry-run: no block was made'),
    }),
  );

  async execute(context: Context<typeof LocalnetAdvance>): Promise<Result<typeof LocalnetAdvance>> {
    const goal = await advanceGoal(context, context.flags);
    const client = await openLocalChain(context);
    if (context.dryRun) {
      const planned = await plannedAdvance(client, goal);
      context.meta.block = planned.fromBlock;
      return planned;
    }
    const advanced = await advanceShowing(context, client, goal);
    context.meta.block = advanced.to;
    return { ...describeAdvance(advanced), planned: false };
  }

  render(
    { fromBlock, toBlock, blocks, seconds, blocksPerSecond, epochs, planned }: Result<typeof LocalnetAdvance>,
    ui: Ui,
  ): void {
    if (planned) {
      ui.line(`Dry run: ${blocks} blocks would be made, from ${fromBlock} to ${toBlock}.`);
      return;
    }
    ui.done(`${blocks} blocks in ${seconds.toFixed(1)} s`);
    ui.fields([
      ['Block', `${fromBlock} → ${toBlock}`],
      ['Rate', blocks === 0 ? undefined : `${Math.round(blocksPerSecond)} blocks/s`],
      ['Epochs', epochs.length === 0 ? 'none' : epochs.map((one) => `subnet ${one.netuid}: ${one.epochs}`).join(', ')],
    ]);
  }
}
