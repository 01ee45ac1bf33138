import type { Reader } from '../../chain/reader.ts';
import { type Rao, rao, UNITS_PER_WHOLE } from '../../units.ts';
import { readBalances } from '../balance.ts';
import { readSubnets } from '../subnet/subnets.ts';

/** What an account holds, in rao of TAO. */
export interface Holdings {
  readonly address: string;
  readonly free: Rao;
  readonly reserved: Rao;
  /** Its stake at present prices, slippage not included. */
  readonly staked: Rao;
}

interface RawStake {
  readonly netuid: number;
  readonly stake: bigint;
}

/** TAO and the value of the stake of several coldkeys, in few requests. */
export async function readHoldings(reader: Reader, addresses: readonly string[]): Promise<Holdings[]> {
  const [balances, stakes, subnets] = await Promise.all([
    readBalances(reader, addresses),
    reader.api<readonly (readonly [string, readonly RawStake[]])[]>(
      'StakeInfoRuntimeApi',
      'get_stake_info_for_coldkeys',
      addresses,
    ),
    readSubnets(reader),
  ]);
  const prices = new Map(subnets.map(({ netuid, price }) => [netuid, price]));
  const staked = new Map(
    stakes.map(([address, infos]) => [
      address,
      infos.reduce((sum, { netuid, stake }) => sum + (stake * (prices.get(netuid) ?? 0n)) / UNITS_PER_WHOLE, 0n),
    ]),
  );
  return addresses.map((address, index) => ({
    address,
    free: balances[index]!.free,
    reserved: balances[index]!.reserved,
    staked: rao(staked.get(address) ?? 0n),
  }));
}
