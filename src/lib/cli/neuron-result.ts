import type { Neuron } from '../domain/subnet/neurons.ts';
import { formatUnits } from '../units.ts';
import type { Column } from './render/table.ts';
import { type Infer, s } from './schema/schema.ts';

/** A neuron as results carry it. */
export const neuronSchema = s.object({
  uid: s.uid(),
  hotkey: s.ss58(),
  coldkey: s.ss58(),
  validator: s.boolean('holds a validator permit'),
  active: s.boolean(),
  stake: s.amount('alpha plus weighted TAO'),
  stakedAlpha: s.amount(),
  stakedTao: s.amount('on root'),
  emissionAlpha: s.amount('in the last epoch'),
  incentive: s.number('share of 1'),
  dividends: s.number('share of 1'),
  consensus: s.number('share of 1'),
  lastUpdate: s.block(),
});
export type NeuronRow = Infer<typeof neuronSchema>;

export const describeNeuron = (row: Neuron): NeuronRow => ({
  uid: row.uid,
  hotkey: row.hotkey,
  coldkey: row.coldkey,
  validator: row.validatorPermit,
  active: row.active,
  stake: formatUnits(row.totalStake),
  stakedAlpha: formatUnits(row.alphaStake),
  stakedTao: formatUnits(row.taoStake),
  emissionAlpha: formatUnits(row.emission),
  incentive: row.incentive / 65_535,
  dividends: row.dividends / 65_535,
  consensus: row.consensus / 65_535,
  lastUpdate: row.lastUpdate,
});

export const neuronColumns: readonly Column<NeuronRow>[] = [
  { key: 'uid', header: 'UID', align: 'right' },
  { key: 'hotkey', header: 'Hotkey', shrink: 'middle' },
  { key: 'coldkey', header: 'Coldkey', shrink: 'middle', optional: true },
  { key: 'validator', header: 'Role', text: ({ validator }) => (validator ? 'validator' : 'miner') },
  { key: 'stake', header: 'Stake', align: 'right', text: ({ stake }, ui) => ui.alpha(stake, '', 3).trimEnd() },
  {
    key: 'emissionAlpha',
    header: 'Last epoch',
    align: 'right',
    text: ({ emissionAlpha }, ui) => ui.alpha(emissionAlpha, '', 4).trimEnd(),
  },
  { key: 'incentive', header: 'Incentive', align: 'right', text: ({ incentive }) => incentive.toFixed(4) },
  { key: 'dividends', header: 'Dividends', align: 'right', text: ({ dividends }) => dividends.toFixed(4) },
];
