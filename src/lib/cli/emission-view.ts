import { grouped, shortUnits, unitsOf } from '../units.ts';
import { duration } from './duration.ts';
import type { EmissionResult, SubnetEmissionRow } from './emission-result.ts';
import { percent } from './fixed-decimal.ts';
import { plot } from './render/plot.ts';
import type { Column } from './render/table.ts';
import type { Ui } from './render/ui.ts';

type Amounts = {
  [K in keyof SubnetEmissionRow]: SubnetEmissionRow[K] extends string ? K : never;
}[keyof SubnetEmissionRow];

const tao = (key: Amounts, header: string, optional = false): Column<SubnetEmissionRow> => ({
  ...{ key, header, optional },
  align: 'right',
  text: (row, ui) => ui.tao(row[key], 6),
});
const alpha = (key: Amounts, header: string, optional = false, places = 4): Column<SubnetEmissionRow> => ({
  ...{ key, header, optional },
  align: 'right',
  text: (row, ui) => ui.alpha(row[key], row.symbol, places),
});
const share = (key: Amounts, header: string, optional = false): Column<SubnetEmissionRow> => ({
  ...{ key, header, optional },
  align: 'right',
  text: (row) => percent(row[key]),
});

/** Columns of `emission show`: amounts per block. */
export const emissionColumns: readonly Column<SubnetEmissionRow>[] = [
  { key: 'netuid', header: 'Netuid', align: 'right' },
  { key: 'name', header: 'Name', shrink: 'end' },
  { key: 'symbol', header: 'Symbol', optional: true },
  { key: 'emitting', header: 'Emitting', optional: true },
  { key: 'taoEnabled', header: 'TAO enabled', optional: true },
  share('taoShare', 'TAO share'),
  tao('injectedTao', 'Into pool'),
  { ...tao('chainBuysTao', 'Chain buys'), spare: 1 },
  { ...alpha('injectedAlpha', 'Alpha in'), spare: 5 },
  { ...alpha('mintedAlpha', 'Alpha out'), spare: 3 },
  { ...alpha('ownerAlpha', 'Owner'), spare: 4 },
  alpha('minersAlpha', 'Miners'),
  alpha('validatorsAlpha', 'Validators'),
  alpha('rootAlpha', 'Root'),
  share('minerBurned', 'Withheld', true),
  share('rootProportion', 'Root share', true),
  tao('priceTao', 'Price', true),
  alpha('issuanceAlpha', 'Issued', true, 2),
  {
    key: 'halving',
    header: 'Halving in',
    spare: 2,
    align: 'right',
    value: ({ nextHalving }) => nextHalving?.blocks ?? null,
    text: ({ nextHalving }) => (nextHalving?.seconds == null ? '–' : duration(nextHalving.seconds)),
  },
];

const ASSUMED_WIDTH = 80;
const YEAR_SECONDS = 365 * 86_400;

export function renderEmission(result: EmissionResult, ui: Ui): void {
  const { issuanceTao, capTao, nextHalving, totals } = result;
  const ofCap = Number((unitsOf(issuanceTao) * 1_000_000n) / unitsOf(capTao)) / 1_000_000;
  ui.heading('Each block');
  ui.fields([
    [
      'TAO minted',
      `${ui.tao(result.blockEmissionTao)} every ${result.blockSeconds} s: ${ui.tao(result.dayEmissionTao)} a day`,
    ],
    ['  into pools', ui.tao(result.injectedTao)],
    ['  buys alpha', ui.tao(result.chainBuysTao)],
    ['  recycled', ui.tao(result.recycledTao)],
    ['Alpha into pools', `${shortUnits(unitsOf(totals.injectedAlpha), 6)} of all subnets`],
    ['Alpha minted', `${shortUnits(unitsOf(totals.mintedAlpha), 6)} of all subnets`],
    ['  owners', shortUnits(unitsOf(totals.ownerAlpha), 6)],
    ['  miners', shortUnits(unitsOf(totals.minersAlpha), 6)],
    ['  validators', shortUnits(unitsOf(totals.validatorsAlpha), 6)],
    [
      '  root stakers',
      `${shortUnits(unitsOf(totals.rootAlpha), 6)}${result.rootDividendsSold ? '' : ', recycled: moving prices add up to no more than 1'}`,
    ],
  ]);
  ui.heading('Issuance');
  ui.fields([
    ['TAO issued', `${ui.tao(issuanceTao)} of ${ui.tao(capTao)} (${percent(String(ofCap))})`],
    ['Next halving', nextHalving ? halvingText(nextHalving, ui) : 'none: nothing is emitted any more'],
  ]);
  renderCurve(result, ui);
}

function halvingText(next: NonNullable<EmissionResult['nextHalving']>, ui: Ui): string {
  const when =
    next.blocks === null || next.seconds === null
      ? 'never at this rate: nothing stays issued'
      : `in ${grouped(next.blocks)} blocks, ${duration(next.seconds)} at this rate`;
  return `at ${ui.tao(next.issuance)}, ${when}`;
}

function renderCurve({ curve, capTao }: EmissionResult, ui: Ui): void {
  const values = curve.issuance.map((amount) => Number(unitsOf(amount)) / 1e9);
  const seconds = curve.stepSeconds * (values.length - 1);
  const years = seconds / YEAR_SECONDS;
  ui.heading(`Issuance of ${curve.of}, if all that is emitted stays issued (cap ${shortUnits(unitsOf(capTao))})`);
  const lines = plot([{ name: curve.of, values }], {
    width: ui.width ?? ASSUMED_WIDTH,
    format: (value) => `${(value / 1e6).toFixed(2)} M`,
    from: 'now',
    to: years >= 1 ? `in ${years.toFixed(0)} years` : `in ${duration(seconds)}`,
    colors: ui.colors,
    floor: 0,
    ceiling: Number(unitsOf(capTao)) / 1e9,
  });
  for (const line of lines) ui.line(line);
}
