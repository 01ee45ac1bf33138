import { type Context, ListCommand, type Result } from '../../lib/cli/base-command.ts';
import { openChain } from '../../lib/cli/chain.ts';
import { blocksOfDays, daysFlag } from '../../lib/cli/days-flag.ts';
import { netuidFlag } from '../../lib/cli/flags.ts';
import { describeForecast, type ForecastRow, forecastColumns, forecastSchema } from '../../lib/cli/forecast-result.ts';
import { renderForecast } from '../../lib/cli/forecast-view.ts';
import type { Ui } from '../../lib/cli/render/ui.ts';
import { result } from '../../lib/cli/schema/schema.ts';
import { readEmittingSubnet } from '../../lib/domain/emission/emission.ts';
import { forecastEmission } from '../../lib/domain/emission/forecast.ts';
import { slotMilliseconds } from '../../lib/domain/slot.ts';
import { CliError } from '../../lib/errors.ts';

export default class EmissionForecast extends ListCommand<typeof EmissionForecast, ForecastRow> {
  static override summary = "Run the local chain's own code forward on a copy, and show what its subnets will get.";
  static override examples = [
    '<%= config.bin %> <%= command.id %> --days 1',
    '<%= config.bin %> <%= command.id %> --days 7 --netuid 5 --json',
  ];
  static override flags = {
    days: daysFlag(),
    netuid: netuidFlag({ summary: 'show only this subnet' }),
  };
  static override result = result('emission.forecast/v1', forecastSchema);

  protected readonly rowsField = 'subnets';
  protected override readonly empty = 'There is no subnet but root.';
  protected readonly columns = forecastColumns;

  async execute(context: Context<typeof EmissionForecast>): Promise<Result<typeof EmissionForecast>> {
    const { flags, settings, progress, signal } = context;
    if (settings.network !== 'local') {
      throw new CliError('USAGE', 'A forecast needs the whole state, so it runs on the local chain only.', {
        hints: ['Leave out --network. `btcli-ts emission show` works on every network.'],
        data: { network: settings.network },
      });
    }
    const client = await openChain(context);
    const reader = await client.reader();
    if (flags.netuid !== undefined) await readEmittingSubnet(reader, flags.netuid);
    const blocks = blocksOfDays(flags.days ?? 1, slotMilliseconds(reader));
    const settled = context.onInterrupt(() => 'The forecast was stopped; the chain was not touched.');
    const started = performance.now();
    const forecast = await forecastEmission(client, reader, {
      ...{ blocks, signal },
      onProgress: (done) =>
        progress.part('Running', done, blocks, `${Math.round((done * 1000) / (performance.now() - started))} blocks/s`),
    });
    settled();
    context.meta.block = forecast.fromBlock;
    return describeForecast(forecast, flags.netuid);
  }

  protected override footer(forecast: Result<typeof EmissionForecast>, ui: Ui): void {
    renderForecast(forecast, ui);
  }
}
