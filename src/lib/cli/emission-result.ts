import type { EmissionReport, NextHalving, SubnetEmissionReport } from '../domain/emission/emission.ts';
import { formatUnits } from '../units.ts';
import { fixedDecimal, fixedPriceTao } from './fixed-decimal.ts';
import { type Infer, s } from './schema/schema.ts';

const halving = s.nullable(
  s.object({
    issuance: s.amount('issuance from which on a block emits half as much'),
    remaining: s.amount('still to be issued until then'),
    blocks: s.nullable(s.integer('at the present rate; null when nothing stays issued')),
    seconds: s.nullable(s.number()),
  }),
);

const subnetEmission = s.object({
  netuid: s.netuid(),
  name: s.string(),
  symbol: s.string(),
  emitting: s.boolean('started, token enabled, open to registrations'),
  taoEnabled: s.boolean('whether the subnet may get TAO'),
  taoShare: s.decimal("part of the block's TAO"),
  injectedTao: s.amount('put into the pool'),
  chainBuysTao: s.amount('spent on alpha from the pool'),
  injectedAlpha: s.amount('put into the pool'),
  mintedAlpha: s.amount('for participants'),
  ownerAlpha: s.amount(),
  minersAlpha: s.amount(),
  validatorsAlpha: s.amount(),
  rootAlpha: s.amount('for root stakers; recycled unless rootDividendsSold'),
  minerBurned: s.decimal("part of the miners' alpha withheld in the last epoch"),
  rootProportion: s.decimal(),
  priceTao: s.amount(),
  issuanceAlpha: s.amount(),
  nextHalving: halving,
});
export type SubnetEmissionRow = Infer<typeof subnetEmission>;

export const emissionSchema = s.object({
  blockSeconds: s.number(),
  issuanceTao: s.amount(),
  capTao: s.amount(),
  blockEmissionTao: s.amount('minted per block at this issuance'),
  injectedTao: s.amount('of it into pools'),
  chainBuysTao: s.amount('of it for alpha'),
  recycledTao: s.amount('of it back, since no subnet took it'),
  dayEmissionTao: s.amount('what a day of blocks mints'),
  nextHalving: halving,
  rootDividendsSold: s.boolean('the moving prices add up to more than 1, so root stakers are paid'),
  totals: s.object({
    injectedAlpha: s.amount(),
    mintedAlpha: s.amount(),
    ownerAlpha: s.amount(),
    minersAlpha: s.amount(),
    validatorsAlpha: s.amount(),
    rootAlpha: s.amount(),
  }),
  curve: s.object({
    of: s.string('TAO, or a subnet'),
    stepSeconds: s.number('between two points'),
    issuance: s.array(s.amount()),
  }),
  subnets: s.array(subnetEmission),
});
export type EmissionResult = Infer<typeof emissionSchema>;

function describeHalving(next: NextHalving | undefined, blockSeconds: number): Infer<typeof halving> {
  if (!next) return null;
  return {
    issuance: formatUnits(next.issuance),
    remaining: formatUnits(next.remaining),
    blocks: next.blocks ?? null,
    seconds: next.blocks === undefined ? null : next.blocks * blockSeconds,
  };
}

/** @param of the subnet whose curve was projected, undefined for TAO's */
export function describeEmission(report: EmissionReport, of: number | undefined): EmissionResult {
  const { subnets, blockEmission, taoRecycled, curve } = report;
  const blockSeconds = report.slotMilliseconds / 1000;
  const total = (pick: (subnet: SubnetEmissionReport) => bigint): string =>
    formatUnits(subnets.reduce((sum, subnet) => sum + pick(subnet), 0n));
  const placed = subnets.reduce((sum, { taoInjected, taoChainBuys }) => sum + taoInjected + taoChainBuys, 0n);
  const projected = subnets.find(({ netuid }) => netuid === of);
  return {
    blockSeconds,
    issuanceTao: formatUnits(report.issuance),
    capTao: formatUnits(report.cap),
    blockEmissionTao: formatUnits(blockEmission),
    injectedTao: total(({ taoInjected }) => taoInjected),
    chainBuysTao: total(({ taoChainBuys }) => taoChainBuys),
    recycledTao: formatUnits(taoRecycled),
    dayEmissionTao: formatUnits((blockEmission * 86_400_000n) / BigInt(report.slotMilliseconds)),
    nextHalving: describeHalving(report.nextHalving, blockSeconds),
    rootDividendsSold: report.rootDividendsSold,
    totals: {
      injectedAlpha: total(({ alphaInjected }) => alphaInjected),
      mintedAlpha: total(({ alphaMinted }) => alphaMinted),
      ownerAlpha: total(({ split }) => split.owner),
      minersAlpha: total(({ split }) => split.server),
      validatorsAlpha: total(({ split }) => split.validator),
      rootAlpha: total(({ split }) => split.root),
    },
    curve: {
      of: projected ? `alpha of subnet ${projected.netuid}` : 'TAO',
      stepSeconds: curve.step * blockSeconds,
      issuance: curve.issuance.map(formatUnits),
    },
    subnets: subnets
      .filter(({ netuid }) => of === undefined || netuid === of)
      .map((subnet) => describeSubnetEmission(subnet, placed, blockSeconds)),
  };
}

function describeSubnetEmission(subnet: SubnetEmissionReport, placed: bigint, blockSeconds: number): SubnetEmissionRow {
  const { split } = subnet;
  const tao = subnet.taoInjected + subnet.taoChainBuys;
  return {
    netuid: subnet.netuid,
    name: subnet.name,
    symbol: subnet.symbol,
    emitting: subnet.emitting,
    taoEnabled: subnet.taoEnabled,
    taoShare: fixedDecimal(placed === 0n ? 0n : (tao << 32n) / placed),
    injectedTao: formatUnits(subnet.taoInjected),
    chainBuysTao: formatUnits(subnet.taoChainBuys),
    injectedAlpha: formatUnits(subnet.alphaInjected),
    mintedAlpha: formatUnits(subnet.alphaMinted),
    ownerAlpha: formatUnits(split.owner),
    minersAlpha: formatUnits(split.server),
    validatorsAlpha: formatUnits(split.validator),
    rootAlpha: formatUnits(split.root),
    minerBurned: fixedDecimal(subnet.minerBurned),
    rootProportion: fixedDecimal(subnet.rootProportion),
    priceTao: fixedPriceTao(subnet.price),
    issuanceAlpha: formatUnits(subnet.alphaIssuance),
    nextHalving: describeHalving(subnet.nextHalving, blockSeconds),
  };
}
