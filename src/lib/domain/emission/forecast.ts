import type { ChainClient } from '../../chain/client.ts';
import type { Reader } from '../../chain/reader.ts';
import type { ChainEmission, SubnetEmission } from '../../localnet/pure.ts';
import { keysBelow, valuesOf } from '../fetched-state.ts';
import { isFast, slotMilliseconds } from '../slot.ts';
import { readSubnets } from '../subnet/subnets.ts';

export interface ForecastOptions {
  readonly blocks: number;
  readonly signal: AbortSignal;
  /** Called about every 50 ms with the number of blocks run so far. */
  readonly onProgress: (blocks: number) => void;
}

/** One subnet from now to the end of the forecast; amounts in rao. */
export interface SubnetForecast {
  readonly netuid: number;
  readonly name: string;
  readonly symbol: string;
  readonly before: SubnetEmission;
  /** Undefined when the subnet was pruned on the way. */
  readonly after: SubnetEmission | undefined;
  /** TAO that entered the pool and TAO that bought alpha, over all blocks. */
  readonly taoInjected: bigint;
  readonly taoChainBuys: bigint;
  readonly alphaInjected: bigint;
  readonly alphaMinted: bigint;
  readonly ownerAlpha: bigint;
  readonly minersAlpha: bigint;
  readonly validatorsAlpha: bigint;
  readonly rootAlpha: bigint;
  /** Prices (U64F64) at the sampled blocks. */
  readonly prices: readonly bigint[];
}

export interface Forecast {
  readonly fromBlock: number;
  readonly toBlock: number;
  readonly issuanceBefore: bigint;
  readonly issuanceAfter: bigint;
  readonly slotMilliseconds: number;
  /** Blocks that the series were sampled at. */
  readonly sampledBlocks: readonly number[];
  readonly issuance: readonly bigint[];
  readonly subnets: readonly SubnetForecast[];
}

const SAMPLES = 60;
/** How long blocks are run before others get their turn. */
const SLICE_MILLISECONDS = 50;

type Sums = { -readonly [K in keyof SubnetForecast as SubnetForecast[K] extends bigint ? K : never]: bigint };

/**
 * Runs the chain's own code forward from a copy of the state at the reader's block, in empty blocks: nobody trades, registers or
 * sets weights. The chain itself is not touched.
 * @throws whatever the signal was aborted with
 */
export async function forecastEmission(
  client: ChainClient,
  reader: Reader,
  { blocks, signal, onProgress }: ForecastOptions,
): Promise<Forecast> {
  const pure = await import('../../localnet/pure.ts');
  const [pairs, summaries, header] = await Promise.all([
    wholeState(client, reader),
    readSubnets(reader),
    client.connection.request<{ readonly number: string; readonly stateRoot: string }>('chain_getHeader', [reader.at]),
  ]);
  signal.throwIfAborted();
  const chain = await pure.ForwardChain.open(
    pairs,
    { fast: isFast(reader) },
    { number: Number(header.number), hash: reader.at.slice(2), stateRoot: header.stateRoot.slice(2) },
  );
  // Only what the subnets hold is taken from it.
  const before = pure.readEmission(chain.x, pure.readCoinbaseTerms(chain.x));
  const ledger = new Ledger(before);
  const every = Math.max(1, Math.floor(blocks / SAMPLES));
  let latest = before;
  for (let done = 0; done < blocks; ) {
    const until = performance.now() + SLICE_MILLISECONDS;
    do {
      const terms = pure.readCoinbaseTerms(chain.x);
      chain.step();
      done += 1;
      latest = pure.readEmission(chain.x, terms);
      ledger.add(latest);
      if (done % every === 0 || done === blocks) ledger.sample(latest);
    } while (done < blocks && performance.now() < until);
    onProgress(done);
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
  }
  const names = new Map(summaries.map((summary) => [summary.netuid, summary]));
  return {
    fromBlock: before.block,
    toBlock: latest.block,
    issuanceBefore: before.issuance,
    issuanceAfter: latest.issuance,
    slotMilliseconds: slotMilliseconds(reader),
    sampledBlocks: ledger.blocks,
    issuance: ledger.issuance,
    subnets: before.subnets.map((subnet) => ({
      netuid: subnet.netuid,
      name: names.get(subnet.netuid)?.name ?? `subnet ${subnet.netuid}`,
      symbol: names.get(subnet.netuid)?.symbol ?? 'α',
      before: subnet,
      after: latest.subnets.find(({ netuid }) => netuid === subnet.netuid),
      ...ledger.sumsOf(subnet.netuid),
      prices: ledger.pricesOf(subnet.netuid),
    })),
  };
}

/** Adds up what each block emits, and keeps what it looked like at the samples. */
class Ledger {
  readonly blocks: number[] = [];
  readonly issuance: bigint[] = [];
  private readonly sums = new Map<number, Sums>();
  private readonly prices = new Map<number, bigint[]>();

  constructor(start: ChainEmission) {
    this.sample(start);
  }

  add({ subnets }: ChainEmission): void {
    for (const { netuid, taoInjected, taoChainBuys, alphaInjected, alphaMinted, split } of subnets) {
      const sums = this.sumsOf(netuid);
      sums.taoInjected += taoInjected;
      sums.taoChainBuys += taoChainBuys;
      sums.alphaInjected += alphaInjected;
      sums.alphaMinted += alphaMinted;
      sums.ownerAlpha += split.owner;
      sums.minersAlpha += split.server;
      sums.validatorsAlpha += split.validator;
      sums.rootAlpha += split.root;
    }
  }

  sample({ block, issuance, subnets }: ChainEmission): void {
    this.blocks.push(block);
    this.issuance.push(issuance);
    for (const { netuid, price } of subnets) this.prices.set(netuid, [...this.pricesOf(netuid), price]);
  }

  pricesOf(netuid: number): readonly bigint[] {
    return this.prices.get(netuid) ?? [];
  }

  sumsOf(netuid: number): Sums {
    let sums = this.sums.get(netuid);
    if (!sums) {
      const nothing = { taoInjected: 0n, taoChainBuys: 0n, alphaInjected: 0n, alphaMinted: 0n };
      sums = { ...nothing, ownerAlpha: 0n, minersAlpha: 0n, validatorsAlpha: 0n, rootAlpha: 0n };
      this.sums.set(netuid, sums);
    }
    return sums;
  }
}

/** Keys that the runtime keeps outside of any pallet: ":code", ":extrinsic_index" and their kin. */
const WELL_KNOWN_PREFIX = '3a';

/** Everything in the state, item by item, so that no listing is longer than one map. */
async function wholeState({ codecs }: ChainClient, { connection, at }: Reader): Promise<[string, Uint8Array][]> {
  const prefixes = codecs.metadata.pallets.flatMap(({ name, storage }) =>
    (storage?.items ?? []).map((item) => codecs.storageKey(name, item.name, []).slice(2)),
  );
  const pairs: [string, Uint8Array][] = [];
  for (const prefix of [...prefixes, WELL_KNOWN_PREFIX]) {
    const keys = await keysBelow(connection, prefix, at);
    for (const [key, value] of await valuesOf(connection, keys, at)) if (value) pairs.push([key, value]);
  }
  pairs.sort(([a], [b]) => (a < b ? -1 : 1));
  return pairs;
}
