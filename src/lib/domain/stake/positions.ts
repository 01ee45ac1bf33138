import type { Reader } from '../../chain/reader.ts';
import { UNITS_PER_WHOLE } from '../../units.ts';
import { readSubnets, type SubnetSummary } from '../subnet/subnets.ts';
import { quoteSwap } from './market.ts';

/** Alpha of a coldkey with one hotkey on one subnet. */
export interface Position {
  readonly subnet: SubnetSummary;
  readonly hotkey: string;
  readonly alpha: bigint;
  readonly locked: bigint;
  /** Alpha at the present price, in rao of TAO. */
  readonly value: bigint;
  /** TAO that selling all of it would bring now, fee and slippage included; null where the pool would refuse. */
  readonly proceeds: bigint | null;
  /** Alpha of the hotkey's last epoch. */
  readonly emission: bigint;
  readonly registered: boolean;
}

interface RawStakeInfo {
  readonly hotkey: string;
  readonly netuid: number;
  readonly stake: bigint;
  readonly locked: bigint;
  readonly emission: bigint;
  readonly is_registered: boolean;
}

/** What a coldkey has staked, by subnet and hotkey. */
export async function readPositions(reader: Reader, coldkey: string): Promise<Position[]> {
  const [infos, subnets] = await Promise.all([
    reader.api<readonly RawStakeInfo[]>('StakeInfoRuntimeApi', 'get_stake_info_for_coldkey', coldkey),
    readSubnets(reader),
  ]);
  const byNetuid = new Map(subnets.map((subnet) => [subnet.netuid, subnet]));
  const held = infos.filter(({ stake, netuid }) => stake > 0n && byNetuid.has(netuid));
  const positions = await Promise.all(
    held.map(async ({ hotkey, netuid, stake, locked, emission, is_registered }): Promise<Position> => {
      const subnet = byNetuid.get(netuid)!;
      const quote = netuid === 0 ? undefined : await quoteSwap(reader, subnet, 'sell', stake);
      return {
        subnet,
        hotkey,
        alpha: stake,
        locked,
        value: (stake * subnet.price) / UNITS_PER_WHOLE,
        proceeds: netuid === 0 ? stake : (quote?.amountOut ?? null),
        emission,
        registered: is_registered,
      };
    }),
  );
  return positions.sort((a, b) => a.subnet.netuid - b.subnet.netuid || (a.hotkey < b.hotkey ? -1 : 1));
}
