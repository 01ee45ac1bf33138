import { type Context, ListCommand, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { describeEmission, emissionSchema, type SubnetEmissionRow } from '../../lib/cli/emission-result.ts';
import { emissionColumns, renderEmission } from '../../lib/cli/emission-view.ts';
import { netuidFlag } from '../../lib/cli/flags.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { readEmissionReport, readEmittingSubnet } from '../../lib/domain/emission/emission.ts';

export default class EmissionShow extends ListCommand<typeof EmissionShow, SubnetEmissionRow> {
  static override summary = "Show where each block's TAO and alpha go, and when less will be emitted.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> --sort -taoShare',
    '<%= config.bin %> <%= command.id %> --netuid 5',
  ];
  static override flags = { netuid: netuidFlag({ summary: 'only this subnet, with the curve of its alpha' }) };
  static override result = result('emission.show/v1', emissionSchema);

  protected readonly rowsField = 'subnets';
  protected override readonly empty = 'There is no subnet but root.';
  protected readonly columns = emissionColumns;

  async execute(context: Context<typeof EmissionShow>): Promise<Result<typeof EmissionShow>> {
    const { netuid } = context.flags;
    const client = await openChain(context);
    const reader = await client.reader();
    if (netuid !== undefined) await readEmittingSubnet(reader, netuid);
    context.progress.say('Reading the emission of all subnets');
    const report = await readEmissionReport(reader, netuid);
    context.meta.block = report.block;
    if (!report.exact) {
      context.warn(
        `The node has no state before block ${report.block}: what validators and root get of its alpha is reckoned from the state after it.`,
      );
    }
    return describeEmission(report, netuid);
  }

  protected override footer(emission: Result<typeof EmissionShow>, ui: Ui): void {
    renderEmission(emission, ui);
  }
}
