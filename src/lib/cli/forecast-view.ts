import { unitsOf } from '../units.ts';
import { duration } from './duration.ts';
import type { ForecastResult } from './forecast-result.ts';
import { plot } from './render/plot.ts';
import type { Ui } from './render/ui.ts';

const ASSUMED_WIDTH = 80;
/** Lines that can be told apart in one plot. */
const MOST_LINES = 6;

/** What stands below the table of a forecast: issuance, and a plot of the prices. */
export function renderForecast(result: ForecastResult, ui: Ui): void {
  const { fromBlock, toBlock, blocks, blockSeconds, subnets } = result;
  ui.heading(`Blocks ${fromBlock} to ${toBlock}: ${duration(blocks * blockSeconds)}`);
  ui.fields([
    ['TAO issued', `${ui.tao(result.issuanceTao)} → ${ui.tao(result.issuanceAfterTao)}`],
    ['Assumed', 'nobody trades, registers or changes weights; the chain itself was not touched'],
  ]);
  const shown = [...subnets]
    .sort((a, b) => Number(unitsOf(b.injectedTao) - unitsOf(a.injectedTao)))
    .slice(0, MOST_LINES)
    .map(({ netuid, name, pricesTao }) => ({ name: `${netuid} ${name}`, values: pricesTao.map(Number) }));
  const lines = plot(shown, {
    width: ui.width ?? ASSUMED_WIDTH,
    format: (value) => value.toPrecision(4),
    from: 'now',
    to: `in ${duration(blocks * blockSeconds)}`,
    colors: ui.colors,
  });
  if (lines.length === 0) return;
  ui.heading(
    `Price of alpha in TAO${subnets.length > shown.length ? ` (the ${shown.length} subnets that get most)` : ''}`,
  );
  for (const line of lines) ui.line(line);
}
