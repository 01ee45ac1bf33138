import type { YumaRow } from '../domain/yuma/simulate-case.ts';
import type { YumaCase } from '../domain/yuma/yuma-case.ts';
import { formatUnits } from '../units.ts';
import { proportionDecimal } from './fixed-decimal.ts';
import type { Column } from './render/table.ts';
import { type Infer, s } from './schema/schema.ts';

const row = s.object({
  epoch: s.integer('from 1'),
  uid: s.uid(),
  neuron: s.string(),
  stakeAlpha: s.amount(),
  permit: s.boolean(),
  consensus: s.decimal(),
  trust: s.decimal('validator trust'),
  incentive: s.decimal(),
  dividends: s.decimal(),
  incentiveAlpha: s.amount(),
  dividendAlpha: s.amount(),
  bonds: s.array(s.object({ uid: s.uid(), value: s.integer('as the chain keeps it, 0 to 65535') })),
});
export type SimulatedRow = Infer<typeof row>;

export const simulationSchema = s.object({
  title: s.nullable(s.string()),
  why: s.nullable(s.string('why the case matters')),
  neurons: s.array(s.string(), 'by uid'),
  epochs: s.integer(),
  totals: s.array(
    s.object({
      uid: s.uid(),
      neuron: s.string(),
      incentiveAlpha: s.amount('over all epochs'),
      dividendAlpha: s.amount('over all epochs'),
      perThousandAlpha: s.nullable(s.amount('dividends for 1,000 alpha of stake, over all epochs; null without stake')),
    }),
  ),
  rows: s.array(row),
  output: s.nullable(s.string('the file that was written')),
  examples: s.array(s.object({ name: s.string(), title: s.string(), why: s.string() }), 'with --list-examples'),
});
export type SimulationResult = Infer<typeof simulationSchema>;

/** What a simulation came to, as results carry it. */
export function describeSimulation(
  { title, why, neurons, steps }: YumaCase,
  rows: readonly YumaRow[],
): SimulationResult {
  const byUid = new Map<number, YumaRow[]>(neurons.map((_, uid) => [uid, []]));
  for (const one of rows) byUid.get(one.uid)?.push(one);
  return {
    title: title || null,
    why: why || null,
    neurons: [...neurons],
    epochs: steps.length,
    totals: neurons.map((neuron, uid) => describeTotal(neuron, uid, byUid.get(uid) ?? [])),
    rows: rows.map((one) => describeRow(neurons, one)),
    output: null,
    examples: [],
  };
}

function describeTotal(neuron: string, uid: number, own: readonly YumaRow[]) {
  const sum = (pick: (one: YumaRow) => bigint): bigint => own.reduce((total, one) => total + pick(one), 0n);
  const [stake, dividends] = [sum((one) => one.stake), sum(({ validatorEmission }) => validatorEmission)];
  return {
    uid,
    neuron,
    incentiveAlpha: formatUnits(sum(({ serverEmission }) => serverEmission)),
    dividendAlpha: formatUnits(dividends),
    perThousandAlpha:
      stake === 0n ? null : formatUnits((dividends * 1_000n * 1_000_000_000n * BigInt(own.length)) / stake),
  };
}

const describeRow = (neurons: readonly string[], one: YumaRow): SimulatedRow => ({
  epoch: one.epoch,
  uid: one.uid,
  neuron: neurons[one.uid]!,
  stakeAlpha: formatUnits(one.stake),
  permit: one.permit,
  consensus: proportionDecimal(one.consensus),
  trust: proportionDecimal(one.validatorTrust),
  incentive: proportionDecimal(one.incentive),
  dividends: proportionDecimal(one.dividends),
  incentiveAlpha: formatUnits(one.serverEmission),
  dividendAlpha: formatUnits(one.validatorEmission),
  bonds: one.bonds.map((bond) => ({ ...bond })),
});

const number = (key: 'consensus' | 'trust' | 'incentive' | 'dividends', header: string): Column<SimulatedRow> => ({
  ...{ key, header },
  align: 'right',
  text: (one) => Number(one[key]).toFixed(4),
});
const alpha = (
  key: 'stakeAlpha' | 'incentiveAlpha' | 'dividendAlpha',
  header: string,
  optional = false,
): Column<SimulatedRow> => ({
  ...{ key, header, optional },
  align: 'right',
  text: (one, ui) => ui.alpha(one[key], '', 4).trimEnd(),
});

export const simulationColumns: readonly Column<SimulatedRow>[] = [
  { key: 'epoch', header: 'Epoch', align: 'right' },
  { key: 'uid', header: 'UID', align: 'right' },
  { key: 'neuron', header: 'Neuron', shrink: 'end' },
  alpha('stakeAlpha', 'Stake'),
  { key: 'permit', header: 'Permit', optional: true },
  number('consensus', 'Consensus'),
  number('trust', 'Trust'),
  number('incentive', 'Incentive'),
  number('dividends', 'Dividends'),
  alpha('incentiveAlpha', 'Incentive α', true),
  alpha('dividendAlpha', 'Dividends α', true),
  {
    key: 'bonds',
    header: 'Bonds',
    value: ({ bonds }) => bonds.map(({ uid, value }) => `${uid}:${value}`).join(' '),
    shrink: 'end',
  },
];
