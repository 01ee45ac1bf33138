import { type Context, ListCommand, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { mechanismFlag } from '../../lib/cli/count-flag.ts';
import { describeEpochRow, type EpochTableRow, epochColumns, epochRowSchema } from '../../lib/cli/epoch-table.ts';
import { netuidFlag } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result, s } from '../../lib/cli/schema/schema.ts';
import { needSubnet } from '../../lib/cli/stake-inputs.ts';
import { readEpochTable } from '../../lib/domain/epoch/epoch-table.ts';

export default class EpochShow extends ListCommand<typeof EpochShow, EpochTableRow> {
  static override summary = "Show a subnet's last epoch: what each neuron weighed and earned.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> --netuid 5 --sort -emissionAlpha',
    '<%= config.bin %> <%= command.id %> --netuid 5 --filter permit=true --csv',
  ];
  static override flags = { netuid: netuidFlag(), mechanism: mechanismFlag() };
  static override result = result(
    'epoch.show/v1',
    s.object({
      netuid: s.netuid(),
      subnet: s.string(),
      symbol: s.string(),
      mechanism: s.integer('whose weights and incentive are shown'),
      mechanisms: s.integer(),
      block: s.nullable(s.block('of the last epoch; null before the first')),
      nextBlock: s.nullable(s.block('when the next one is due; null where none is scheduled')),
      tempo: s.integer(),
      neurons: s.array(epochRowSchema),
    }),
  );

  protected readonly rowsField = 'neurons';
  protected override readonly empty = 'No neuron is registered.';
  protected readonly columns = epochColumns;

  async execute(context: Context<typeof EpochShow>): Promise<Result<typeof EpochShow>> {
    const { flags, meta } = context;
    const client = await openChain(context);
    const reader = await client.reader();
    const { netuid, name, symbol } = await needSubnet(context, reader, flags.netuid);
    const head = await client.numberOf(reader.at);
    meta.block = head;
    const mechanism = flags.mechanism ?? 0;
    const { block, nextBlock, tempo, mechanisms, rows } = await readEpochTable(reader, netuid, mechanism, head);
    return {
      ...{ netuid, subnet: name, symbol, mechanism, mechanisms, tempo },
      block: block ?? null,
      nextBlock: nextBlock ?? null,
      neurons: rows.map(describeEpochRow),
    };
  }

  protected override footer(epoch: Result<typeof EpochShow>, ui: Ui): void {
    const { netuid, subnet, mechanism, mechanisms, block, nextBlock, tempo } = epoch;
    ui.heading(`Subnet ${netuid}: ${subnet}`);
    ui.fields([
      ['Last epoch', block === null ? 'none yet' : `block ${block}`],
      [
        'Next epoch',
        nextBlock === null
          ? netuid === 0
            ? 'root has none'
            : 'none is scheduled'
          : `block ${nextBlock} (every ${tempo} blocks)`,
      ],
      ['Mechanism', mechanisms > 1 ? `${mechanism} of ${mechanisms}` : undefined],
      ['Why', block === null ? undefined : `btcli-ts epoch explain --netuid ${netuid} --uid UID`],
    ]);
  }
}
