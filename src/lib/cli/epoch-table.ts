import type { EpochRow } from '../domain/epoch/epoch-table.ts';
import { formatUnits } from '../units.ts';
import { proportionDecimal } from './fixed-decimal.ts';
import type { Column } from './render/table.ts';
import { type Infer, s } from './schema/schema.ts';

/** A neuron's row of `epoch show`. */
export const epochRowSchema = s.object({
  uid: s.uid(),
  hotkey: s.ss58(),
  coldkey: s.ss58(),
  stakeAlpha: s.amount('alpha plus weighted TAO, as the epoch weighs it'),
  weightsSet: s.integer('weights that it gives'),
  lastUpdate: s.block('when it last set or revealed weights'),
  consensus: s.decimal('share of 1'),
  trust: s.decimal('validator trust: the part of its weights within the consensus, share of 1'),
  incentive: s.decimal('share of 1'),
  dividends: s.decimal('share of 1'),
  emissionAlpha: s.amount('of the epoch, before takes'),
  permit: s.boolean('holds a validator permit'),
  active: s.boolean(),
});
export type EpochTableRow = Infer<typeof epochRowSchema>;

export const describeEpochRow = (row: EpochRow): EpochTableRow => ({
  uid: row.uid,
  hotkey: row.hotkey,
  coldkey: row.coldkey,
  stakeAlpha: formatUnits(row.totalStake),
  weightsSet: row.weightsSet,
  lastUpdate: row.lastUpdate,
  consensus: proportionDecimal(row.consensus),
  trust: proportionDecimal(row.validatorTrust),
  incentive: proportionDecimal(row.mechanismIncentive),
  dividends: proportionDecimal(row.dividends),
  emissionAlpha: formatUnits(row.emission),
  permit: row.validatorPermit,
  active: row.active,
});

const share = (key: keyof EpochTableRow, header: string, spare?: number): Column<EpochTableRow> => ({
  key,
  header,
  align: 'right',
  text: (row) => Number(row[key]).toFixed(4),
  ...(spare === undefined ? {} : { spare }),
});
const alpha = (key: keyof EpochTableRow, header: string, places: number): Column<EpochTableRow> => ({
  key,
  header,
  align: 'right',
  text: (row, ui) => ui.alpha(String(row[key]), '', places).trimEnd(),
});
const mark = (key: 'permit' | 'active', header: string, spare: number): Column<EpochTableRow> => ({
  key,
  header,
  spare,
  text: (row) => (row[key] ? 'yes' : 'no'),
});

export const epochColumns: readonly Column<EpochTableRow>[] = [
  { key: 'uid', header: 'UID', align: 'right' },
  { key: 'hotkey', header: 'Hotkey', shrink: 'middle' },
  { key: 'coldkey', header: 'Coldkey', shrink: 'middle', optional: true },
  alpha('stakeAlpha', 'Stake', 3),
  { key: 'weightsSet', header: 'Weights', align: 'right', spare: 3 },
  { key: 'lastUpdate', header: 'Updated', align: 'right', optional: true },
  share('consensus', 'Consensus', 2),
  share('trust', 'Trust', 1),
  share('incentive', 'Incentive'),
  share('dividends', 'Dividends'),
  alpha('emissionAlpha', 'Emission', 4),
  mark('permit', 'Permit', 4),
  mark('active', 'Active', 5),
];
