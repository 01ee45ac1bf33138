import type { Reader } from '../../chain/reader.ts';
import { CliError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import { UNITS_PER_WHOLE } from '../../units.ts';
import { chainText } from '../chain-text.ts';

/** A subnet as people ask about it. Prices are rao of TAO per whole alpha, amounts rao. */
export interface SubnetSummary {
  readonly netuid: number;
  readonly name: string;
  readonly symbol: string;
  readonly price: bigint;
  /** The price's moving average, by which emission is shared. */
  readonly movingPrice: bigint;
  readonly taoReserve: bigint;
  readonly alphaReserve: bigint;
  readonly alphaOutside: bigint;
  /** TAO that entered the pool in the last block as liquidity. */
  readonly taoEmission: bigint;
  readonly alphaEmission: bigint;
  readonly volume: bigint;
  readonly tempo: number;
  readonly blocksSinceEpoch: number;
  readonly registeredAt: number;
  readonly ownerHotkey: string;
  readonly ownerColdkey: string;
  readonly description: string;
  readonly url: string;
}

interface RawIdentity {
  readonly subnet_name: Uint8Array | string;
  readonly description: Uint8Array | string;
  readonly subnet_url: Uint8Array | string;
}

interface RawDynamicInfo {
  readonly netuid: number;
  readonly owner_hotkey: string;
  readonly owner_coldkey: string;
  readonly subnet_name: unknown;
  readonly token_symbol: unknown;
  readonly tempo: number;
  readonly blocks_since_last_step: bigint;
  readonly alpha_in: bigint;
  readonly alpha_out: bigint;
  readonly tao_in: bigint;
  readonly alpha_out_emission: bigint;
  readonly tao_in_emission: bigint;
  readonly subnet_volume: bigint;
  readonly network_registered_at: bigint;
  readonly subnet_identity: RawIdentity | undefined;
  readonly moving_price: bigint | { readonly bits: bigint };
}

const fixedBits = (value: bigint | { readonly bits: bigint }): bigint =>
  typeof value === 'bigint' ? value : value.bits;

/** I96F32 bits of TAO per alpha to rao of TAO per whole alpha. */
const priceOfBits = (bits: bigint): bigint => (bits * UNITS_PER_WHOLE) >> 32n;

function toSummary(raw: RawDynamicInfo, price: bigint): SubnetSummary {
  const identity = raw.subnet_identity;
  return {
    netuid: raw.netuid,
    name: chainText(identity?.subnet_name) || chainText(raw.subnet_name) || `subnet ${raw.netuid}`,
    symbol: chainText(raw.token_symbol) || 'α',
    price,
    movingPrice: priceOfBits(fixedBits(raw.moving_price)),
    taoReserve: raw.tao_in,
    alphaReserve: raw.alpha_in,
    alphaOutside: raw.alpha_out,
    taoEmission: raw.tao_in_emission,
    alphaEmission: raw.alpha_out_emission,
    volume: raw.subnet_volume,
    tempo: raw.tempo,
    blocksSinceEpoch: Number(raw.blocks_since_last_step),
    registeredAt: Number(raw.network_registered_at),
    ownerHotkey: raw.owner_hotkey,
    ownerColdkey: raw.owner_coldkey,
    description: chainText(identity?.description),
    url: chainText(identity?.subnet_url),
  };
}

/** All subnets, root first, by number. */
export async function readSubnets(reader: Reader): Promise<SubnetSummary[]> {
  const [infos, prices] = await Promise.all([
    reader.api<readonly (RawDynamicInfo | undefined)[]>('SubnetInfoRuntimeApi', 'get_all_dynamic_info'),
    reader.api<readonly { readonly netuid: number; readonly price: bigint }[]>(
      'SwapRuntimeApi',
      'current_alpha_price_all',
    ),
  ]);
  const priceOf = new Map(prices.map(({ netuid, price }) => [netuid, price]));
  return infos
    .flatMap((raw) => (raw ? [toSummary(raw, priceOf.get(raw.netuid) ?? UNITS_PER_WHOLE)] : []))
    .sort((a, b) => a.netuid - b.netuid);
}

/** One subnet. @throws CliError UNKNOWN_SUBNET, with the subnets there are. */
export async function readSubnet(reader: Reader, netuid: number): Promise<SubnetSummary> {
  const [raw, price] = await Promise.all([
    reader.api<RawDynamicInfo | undefined>('SubnetInfoRuntimeApi', 'get_dynamic_info', netuid),
    reader.api<bigint>('SwapRuntimeApi', 'current_alpha_price', netuid),
  ]);
  if (raw) return toSummary(raw, price);
  const netuids = (await reader.entries<readonly [number], boolean>('SubtensorModule', 'NetworksAdded')).map(
    ([[found]]) => found,
  );
  netuids.sort((a, b) => a - b);
  const suggestion = nearest(String(netuid), netuids.map(String));
  throw new CliError('UNKNOWN_SUBNET', `There is no subnet ${netuid} on this network.`, {
    hints: [
      `Subnets: ${netuids.slice(0, 40).join(', ')}${netuids.length > 40 ? ', …' : ''}.`,
      '`btcli-ts subnet list` shows them with names and prices.',
    ],
    data: { netuid, netuids: netuids.slice(0, 200), ...(suggestion ? { suggestion: Number(suggestion) } : {}) },
  });
}
