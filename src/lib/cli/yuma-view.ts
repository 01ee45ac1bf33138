import { unitsOf } from '../units.ts';
import { plot } from './render/plot.ts';
import type { Column } from './render/table.ts';
import type { Ui } from './render/ui.ts';
import { wrap } from './render/width.ts';
import type { SimulationResult } from './yuma-result.ts';

const ASSUMED_WIDTH = 80;
/** Lines that can be told apart in one plot. */
const MOST_LINES = 6;

type Total = SimulationResult['totals'][number];

/** The list of examples, each with the reason why it matters. */
export function renderExamples({ examples }: SimulationResult, ui: Ui): void {
  for (const { name, title, why } of examples) {
    ui.heading(`${name}: ${title}`);
    renderText(why, ui);
  }
  ui.line();
  ui.line('Run one with `btcli-ts yuma simulate --example NAME`.');
}

/** What stands below the table of a simulation: why it matters, sums and plots. */
export function renderSimulation(result: SimulationResult, ui: Ui): void {
  const { title, why, totals, output } = result;
  if (title) ui.heading(title);
  if (why) renderText(why, ui);
  ui.heading(`Over ${result.epochs} epochs`);
  ui.table<Total>(totalColumns, totals);
  const earners = totals
    .filter(({ dividendAlpha }) => unitsOf(dividendAlpha) > 0n)
    .sort((a, b) => (unitsOf(a.dividendAlpha) < unitsOf(b.dividendAlpha) ? 1 : -1))
    .slice(0, MOST_LINES);
  renderPlot('Dividends for 1,000 alpha of stake, by epoch', result, earners, ui, (row) => {
    const stake = Number(row.stakeAlpha);
    return stake === 0 ? 0 : (Number(row.dividendAlpha) * 1000) / stake;
  });
  const servers = totals.filter(({ incentiveAlpha }) => unitsOf(incentiveAlpha) > 0n).slice(0, MOST_LINES);
  renderPlot('Incentive, share of 1, by epoch', result, servers, ui, ({ incentive }) => Number(incentive));
  if (output) ui.done(`Written to ${output}.`);
}

const totalColumns: readonly Column<Total>[] = [
  { key: 'uid', header: 'UID', align: 'right' },
  { key: 'neuron', header: 'Neuron', shrink: 'end' },
  { key: 'incentiveAlpha', header: 'Incentive', align: 'right', text: (row, ui) => amount(row.incentiveAlpha, ui) },
  { key: 'dividendAlpha', header: 'Dividends', align: 'right', text: (row, ui) => amount(row.dividendAlpha, ui) },
  {
    key: 'perThousandAlpha',
    header: 'For 1,000 of stake',
    align: 'right',
    text: ({ perThousandAlpha }, ui) => (perThousandAlpha === null ? '–' : amount(perThousandAlpha, ui)),
  },
];

const amount = (text: string, ui: Ui): string => ui.alpha(text, 'α', 4);

function renderPlot(
  heading: string,
  { rows, epochs }: SimulationResult,
  shown: readonly Total[],
  ui: Ui,
  pick: (row: SimulationResult['rows'][number]) => number,
): void {
  const series = shown.map(({ uid, neuron }) => ({
    name: neuron,
    values: rows.filter((row) => row.uid === uid).map(pick),
  }));
  const lines = plot(series, {
    width: ui.width ?? ASSUMED_WIDTH,
    format: (value) => value.toPrecision(4),
    from: 'epoch 1',
    to: `epoch ${epochs}`,
    colors: ui.colors,
    floor: 0,
  });
  if (lines.length === 0) return;
  ui.heading(heading);
  for (const line of lines) ui.line(line);
}

function renderText(text: string, ui: Ui): void {
  for (const line of wrap(text, ui.width ?? ASSUMED_WIDTH)) ui.line(line);
}
