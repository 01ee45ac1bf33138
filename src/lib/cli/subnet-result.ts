import type { SubnetSummary } from '../domain/subnet/subnets.ts';
import { formatUnits } from '../units.ts';
import { type Infer, s } from './schema/schema.ts';

const fields = {
  netuid: s.netuid(),
  name: s.string(),
  symbol: s.string(),
  priceTao: s.amount('TAO per alpha'),
  movingPriceTao: s.amount('moving average of the price, by which emission is shared'),
  poolTao: s.amount(),
  poolAlpha: s.amount(),
  outsideAlpha: s.amount('alpha outside the pool: staked'),
  emissionTao: s.amount('TAO into the pool in the last block'),
  emissionAlpha: s.amount('alpha for participants in the last block'),
  volumeTao: s.amount(),
  tempo: s.integer('blocks of an epoch'),
  blocksSinceEpoch: s.integer(),
  registeredAt: s.block(),
  ownerHotkey: s.ss58(),
  ownerColdkey: s.ss58(),
  description: s.string(),
  url: s.string(),
};

/** A subnet as results carry it. */
export const subnetSchema = s.object(fields);

/** A row of `subnet list`. */
export const listedSubnetSchema = s.object({
  ...fields,
  registrationTao: s.nullable(s.amount('burned to register a hotkey; null on root, where none is burned')),
});

export function describeSubnet(subnet: SubnetSummary): Infer<typeof subnetSchema> {
  return {
    netuid: subnet.netuid,
    name: subnet.name,
    symbol: subnet.symbol,
    priceTao: formatUnits(subnet.price),
    movingPriceTao: formatUnits(subnet.movingPrice),
    poolTao: formatUnits(subnet.taoReserve),
    poolAlpha: formatUnits(subnet.alphaReserve),
    outsideAlpha: formatUnits(subnet.alphaOutside),
    emissionTao: formatUnits(subnet.taoEmission),
    emissionAlpha: formatUnits(subnet.alphaEmission),
    volumeTao: formatUnits(subnet.volume),
    tempo: subnet.tempo,
    blocksSinceEpoch: subnet.blocksSinceEpoch,
    registeredAt: subnet.registeredAt,
    ownerHotkey: subnet.ownerHotkey,
    ownerColdkey: subnet.ownerColdkey,
    description: subnet.description,
    url: subnet.url,
  };
}
