import type { Position } from '../domain/stake/positions.ts';
import { formatUnits } from '../units.ts';
import type { Column } from './render/table.ts';
import { type Infer, s } from './schema/schema.ts';

/** A staked position as results carry it. */
export const positionSchema = s.object({
  netuid: s.netuid(),
  subnet: s.string(),
  symbol: s.string(),
  hotkey: s.ss58(),
  stakedAlpha: s.amount(),
  lockedAlpha: s.amount('part that may not leave yet'),
  priceTao: s.amount(),
  valueTao: s.amount('at the present price'),
  proceedsTao: s.nullable(
    s.amount('what selling it all would bring now, fee and slippage included; null if the pool refuses'),
  ),
  emissionAlpha: s.amount("alpha of the hotkey's last epoch"),
  registered: s.boolean('the hotkey is registered on the subnet'),
});
export type PositionRow = Infer<typeof positionSchema>;

export function describePosition({
  subnet,
  hotkey,
  alpha,
  locked,
  value,
  proceeds,
  emission,
  registered,
}: Position): PositionRow {
  return {
    netuid: subnet.netuid,
    subnet: subnet.name,
    symbol: subnet.symbol,
    hotkey,
    stakedAlpha: formatUnits(alpha),
    lockedAlpha: formatUnits(locked),
    priceTao: formatUnits(subnet.price),
    valueTao: formatUnits(value),
    proceedsTao: proceeds === null ? null : formatUnits(proceeds),
    emissionAlpha: formatUnits(emission),
    registered,
  };
}

export const positionColumns: readonly Column<PositionRow>[] = [
  { key: 'netuid', header: 'Netuid', align: 'right' },
  { key: 'subnet', header: 'Subnet', shrink: 'end' },
  { key: 'hotkey', header: 'Validator', shrink: 'middle' },
  {
    key: 'stakedAlpha',
    header: 'Staked',
    align: 'right',
    text: ({ stakedAlpha, symbol }, ui) => ui.alpha(stakedAlpha, symbol, 4),
  },
  { key: 'priceTao', header: 'Price', align: 'right', text: ({ priceTao }, ui) => ui.tao(priceTao, 6) },
  { key: 'valueTao', header: 'Value', align: 'right', text: ({ valueTao }, ui) => ui.tao(valueTao, 4) },
  {
    key: 'proceedsTao',
    header: 'If sold now',
    align: 'right',
    text: ({ proceedsTao }, ui) => (proceedsTao === null ? '–' : ui.tao(proceedsTao, 4)),
  },
  { key: 'emissionAlpha', header: 'Last epoch', align: 'right', optional: true },
  { key: 'lockedAlpha', header: 'Locked', align: 'right', optional: true },
];
