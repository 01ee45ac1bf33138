import type { Forecast, SubnetForecast } from '../domain/emission/forecast.ts';
import { formatUnits } from '../units.ts';
import { fixedPriceTao } from './fixed-decimal.ts';
import type { Column } from './render/table.ts';
import { type Infer, s } from './schema/schema.ts';

const subnetForecast = s.object({
  netuid: s.netuid(),
  name: s.string(),
  symbol: s.string(),
  pruned: s.boolean('removed on the way'),
  priceTao: s.amount('now'),
  priceAfterTao: s.nullable(s.amount()),
  poolTao: s.amount('now'),
  poolAfterTao: s.nullable(s.amount()),
  injectedTao: s.amount('into the pool, over all blocks'),
  chainBuysTao: s.amount('spent on alpha from the pool, over all blocks'),
  injectedAlpha: s.amount(),
  mintedAlpha: s.amount('for participants'),
  ownerAlpha: s.amount(),
  minersAlpha: s.amount(),
  validatorsAlpha: s.amount(),
  rootAlpha: s.amount(),
  issuanceAlpha: s.amount('now'),
  issuanceAfterAlpha: s.nullable(s.amount()),
  pricesTao: s.array(s.amount(), 'at the sampled blocks'),
});
export type ForecastRow = Infer<typeof subnetForecast>;

export const forecastSchema = s.object({
  fromBlock: s.block(),
  toBlock: s.block(),
  blocks: s.integer(),
  blockSeconds: s.number(),
  issuanceTao: s.amount('now'),
  issuanceAfterTao: s.amount(),
  sampledBlocks: s.array(s.block()),
  issuances: s.array(s.amount(), 'TAO issued at the sampled blocks'),
  subnets: s.array(subnetForecast),
});
export type ForecastResult = Infer<typeof forecastSchema>;

export function describeForecast(forecast: Forecast, netuid: number | undefined): ForecastResult {
  const { fromBlock, toBlock } = forecast;
  return {
    ...{ fromBlock, toBlock, blocks: toBlock - fromBlock },
    blockSeconds: forecast.slotMilliseconds / 1000,
    issuanceTao: formatUnits(forecast.issuanceBefore),
    issuanceAfterTao: formatUnits(forecast.issuanceAfter),
    sampledBlocks: [...forecast.sampledBlocks],
    issuances: forecast.issuance.map(formatUnits),
    subnets: forecast.subnets
      .filter((subnet) => netuid === undefined || subnet.netuid === netuid)
      .map(describeSubnetForecast),
  };
}

function describeSubnetForecast(subnet: SubnetForecast): ForecastRow {
  const { netuid, name, symbol, before, after } = subnet;
  return {
    ...{ netuid, name, symbol, pruned: after === undefined },
    priceTao: fixedPriceTao(before.price),
    priceAfterTao: after ? fixedPriceTao(after.price) : null,
    poolTao: formatUnits(before.poolTao),
    poolAfterTao: after ? formatUnits(after.poolTao) : null,
    injectedTao: formatUnits(subnet.taoInjected),
    chainBuysTao: formatUnits(subnet.taoChainBuys),
    injectedAlpha: formatUnits(subnet.alphaInjected),
    mintedAlpha: formatUnits(subnet.alphaMinted),
    ownerAlpha: formatUnits(subnet.ownerAlpha),
    minersAlpha: formatUnits(subnet.minersAlpha),
    validatorsAlpha: formatUnits(subnet.validatorsAlpha),
    rootAlpha: formatUnits(subnet.rootAlpha),
    issuanceAlpha: formatUnits(before.alphaIssuance),
    issuanceAfterAlpha: after ? formatUnits(after.alphaIssuance) : null,
    pricesTao: subnet.prices.map(fixedPriceTao),
  };
}

type Amounts = {
  [K in keyof ForecastRow]: ForecastRow[K] extends string | null ? K : never;
}[keyof ForecastRow];

const tao = (key: Amounts, header: string, places: number): Column<ForecastRow> => ({
  ...{ key, header },
  align: 'right',
  text: (row, ui) => (row[key] === null ? '–' : ui.tao(row[key], places)),
});
const alpha = (key: Amounts, header: string, optional = false): Column<ForecastRow> => ({
  ...{ key, header, optional },
  align: 'right',
  text: (row, ui) => (row[key] === null ? '–' : ui.alpha(row[key], row.symbol, 2)),
});

/** Columns of `emission forecast`: sums over all blocks. */
export const forecastColumns: readonly Column<ForecastRow>[] = [
  { key: 'netuid', header: 'Netuid', align: 'right' },
  { key: 'name', header: 'Name', shrink: 'end' },
  tao('priceTao', 'Price now', 6),
  tao('priceAfterTao', 'Price then', 6),
  tao('injectedTao', 'Into pool', 2),
  { ...tao('chainBuysTao', 'Chain buys', 2), spare: 1 },
  alpha('injectedAlpha', 'Alpha in', true),
  { ...alpha('mintedAlpha', 'Alpha out'), spare: 3 },
  { ...alpha('ownerAlpha', 'Owner'), spare: 2 },
  alpha('minersAlpha', 'Miners'),
  alpha('validatorsAlpha', 'Validators'),
  alpha('rootAlpha', 'Root'),
  alpha('issuanceAlpha', 'Issued now', true),
  alpha('issuanceAfterAlpha', 'Issued then', true),
];
