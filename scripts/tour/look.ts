import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChainClient } from '../../src/lib/chain/client.ts';
import { connectLocal } from '../../src/lib/chain/local.ts';
import type { Reader } from '../../src/lib/chain/reader.ts';
import type { TourHome } from './tour-home.ts';

/** What the tour checks: read from the chain's own state, not from what commands print. Amounts in rao. */
export interface Sight {
  readonly block: number;
  readonly free: bigint;
  readonly author: bigint;
  /** The wallet's alpha on the subnet, and whose hotkey holds it. */
  readonly alpha: bigint;
  readonly hotkey: string | undefined;
  /** All alpha with that hotkey on the subnet. */
  readonly hotkeyAlpha: bigint;
  /** What the hotkey's stakers got in its last epoch. */
  readonly dividends: bigint;
  /** What the hotkey's owner keeps of dividends, of 65,535. */
  readonly take: bigint;
  readonly poolTao: bigint;
  /** TAO that the block's emission put into the pool, as liquidity and as purchases. */
  readonly emittedTao: bigint;
  readonly epochBlock: number;
  /** Of the wallet's extrinsic in this block, if there is one. */
  readonly fee: bigint;
  readonly trade: { readonly tao: bigint; readonly alpha: bigint; readonly fee: bigint } | undefined;
}

/** Makes the blocks and gets the fees. */
const AUTHOR = '5Fxune7f71ZbpP2FoY3mhYcmM596Erhv1gRue4nsPwkxMR4n';

interface Account {
  readonly data: { readonly free: bigint };
}
interface EventRecord {
  readonly event: { readonly type: string; readonly value: { readonly type: string; readonly value: unknown } };
}

/** Looks at the newest block. */
export async function look({ variables }: TourHome, coldkey: string, netuid: number): Promise<Sight> {
  const client = await ChainClient.open({
    network: 'local',
    cacheFolder: join(variables.BTCLI_CACHE_DIR!, 'metadata'),
    connect: () =>
      connectLocal({
        dataFolder: join(variables.BTCLI_DATA_DIR!, 'localnet'),
        timeout: 10_000,
        playgroundSnapshot: () => readFile('assets/playground.snapshot'),
      }),
  });
  try {
    const reader = await client.reader();
    return { block: await client.numberOf(reader.at), ...(await sight(reader, coldkey, netuid)) };
  } finally {
    await client.close();
  }
}

async function sight(reader: Reader, coldkey: string, netuid: number): Promise<Omit<Sight, 'block'>> {
  const stakes = await reader.api<readonly { hotkey: string; netuid: number; stake: bigint }[]>(
    'StakeInfoRuntimeApi',
    'get_stake_info_for_coldkey',
    coldkey,
  );
  const stake = stakes.find((one) => one.netuid === netuid && one.stake > 0n);
  const [mine, authors, poolTao, injected, bought, epochBlock, records] = await reader.many<
    [Account, Account, bigint, bigint, bigint, bigint, EventRecord[]]
  >([
    ['System', 'Account', coldkey],
    ['System', 'Account', AUTHOR],
    ['SubtensorModule', 'SubnetTAO', netuid],
    ['SubtensorModule', 'SubnetTaoInEmission', netuid],
    ['SubtensorModule', 'SubnetExcessTao', netuid],
    ['SubtensorModule', 'LastMechansimStepBlock', netuid],
    ['System', 'Events'],
  ]);
  const [hotkeyAlpha, dividends, take] = stake
    ? await reader.many<[bigint, bigint, number]>([
        ['SubtensorModule', 'TotalHotkeyAlpha', stake.hotkey, netuid],
        ['SubtensorModule', 'AlphaDividendsPerSubnet', netuid, stake.hotkey],
        ['SubtensorModule', 'Delegates', stake.hotkey],
      ])
    : [0n, 0n, 0];
  return {
    free: mine.data.free,
    author: authors.data.free,
    alpha: stake?.stake ?? 0n,
    hotkey: stake?.hotkey,
    hotkeyAlpha,
    dividends,
    take: BigInt(take),
    poolTao,
    emittedTao: injected + bought,
    epochBlock: Number(epochBlock),
    fee: feeOf(records, coldkey),
    trade: tradeOf(records, coldkey),
  };
}

function feeOf(records: readonly EventRecord[], coldkey: string): bigint {
  const found = records.find(({ event }) => {
    const { who } = (event.value.value ?? {}) as { who?: string };
    return event.type === 'TransactionPayment' && event.value.type === 'TransactionFeePaid' && who === coldkey;
  });
  return (found?.event.value.value as { actual_fee: bigint } | undefined)?.actual_fee ?? 0n;
}

/** StakeAdded and StakeRemoved: coldkey, hotkey, TAO, alpha, netuid, fee. */
function tradeOf(records: readonly EventRecord[], coldkey: string): Sight['trade'] {
  const found = records.find(({ event }) => {
    const fields = event.value.value as readonly unknown[];
    return event.type === 'SubtensorModule' && /^Stake(Added|Removed)$/.test(event.value.type) && fields[0] === coldkey;
  });
  if (!found) return undefined;
  const [, , tao, alpha, , fee] = found.event.value.value as [string, string, bigint, bigint, number, bigint];
  return { tao, alpha, fee };
}
