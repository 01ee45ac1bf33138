import type { Reader } from '../../chain/reader.ts';
import { CliError } from '../../errors.ts';
import type { ChainEmission, CoinbaseTerms, SubnetEmission } from '../../localnet/pure.ts';
import { computeOnState } from '../fetched-state.ts';
import { isFast, slotMilliseconds } from '../slot.ts';
import { readSubnet, readSubnets, type SubnetSummary } from '../subnet/subnets.ts';

type Pure = typeof import('../../localnet/pure.ts');

/** When the emission per block is halved next. */
export interface NextHalving {
  /** Issuance from which on less is emitted, and what is still to be issued until then, in rao. */
  readonly issuance: bigint;
  readonly remaining: bigint;
  /** Blocks until then at the present rate; undefined when nothing stays issued. */
  readonly blocks: number | undefined;
}

export interface SubnetEmissionReport extends SubnetEmission {
  readonly name: string;
  readonly symbol: string;
  /** Undefined once no alpha is emitted any more. */
  readonly nextHalving: NextHalving | undefined;
}

export interface EmissionReport extends Omit<ChainEmission, 'subnets'> {
  readonly subnets: readonly SubnetEmissionReport[];
  readonly nextHalving: NextHalving | undefined;
  /** False where the node has no state before the block: then the alpha is split by the state after it. */
  readonly exact: boolean;
  /** Most that can ever be issued, in rao: of TAO, and of each alpha. */
  readonly cap: bigint;
  /** Milliseconds of a block. */
  readonly slotMilliseconds: number;
  /** Projected issuance in equal steps of time, in rao. */
  readonly curve: Curve;
}

/** The emission curve run forward with everything that is emitted staying issued. */
export interface Curve {
  /** Blocks between two points. */
  readonly step: number;
  readonly issuance: readonly bigint[];
}

/** A subnet that emits. @throws CliError UNKNOWN_SUBNET, VALIDATION for root */
export async function readEmittingSubnet(reader: Reader, netuid: number): Promise<SubnetSummary> {
  const subnet = await readSubnet(reader, netuid);
  if (netuid !== 0) return subnet;
  throw new CliError('VALIDATION', 'Root (0) emits nothing: its stakers are paid by the other subnets.', {
    hints: ['Without --netuid all subnets are shown, each with what goes to root.'],
    data: { netuid },
  });
}

const POINTS = 120;
const DAYS_OF_CURVE = 20 * 365;
const DAY_MILLISECONDS = 86_400_000;

/** Where the last block's TAO and alpha went, and when less will be emitted. `of` chooses whose curve is projected: a subnet's or TAO's. */
export async function readEmissionReport(reader: Reader, of?: number): Promise<EmissionReport> {
  const pure = await import('../../localnet/pure.ts');
  const fast = isFast(reader);
  const [{ terms, exact }, summaries] = await Promise.all([termsBefore(pure, reader, fast), readSubnets(reader)]);
  const emission = await computeOnState(reader, (state) => pure.readEmission(pure.openState(state, { fast }), terms));
  const slot = slotMilliseconds(reader);
  const subnets = emission.subnets.map((subnet) => withNames(pure, emission, subnet, summaries));
  const projected = of === undefined ? undefined : subnets.find(({ netuid }) => netuid === of);
  return {
    ...emission,
    exact,
    subnets,
    nextHalving: untilHalving(pure, emission.issuance, emission.blockEmission - emission.taoRecycled),
    cap: pure.TOTAL_SUPPLY,
    slotMilliseconds: slot,
    curve: projectIssuance(pure, projected?.alphaIssuance ?? emission.issuance, {
      blocks: (DAYS_OF_CURVE * DAY_MILLISECONDS) / slot,
      // Alpha goes to the pool beside what is minted for participants, up to as much again.
      perEmission: projected ? alphaPerBlock(emission, projected) : undefined,
    }),
  };
}

/** What the coinbase of the reader's block went by, and whether from the state before it. */
export async function termsBefore(
  pure: Pick<Pure, 'openState' | 'readCoinbaseTerms'>,
  { connection, at }: Reader,
  fast: boolean,
): Promise<{ readonly terms: CoinbaseTerms; readonly exact: boolean }> {
  const header = await connection.request<{ readonly parentHash: string; readonly number: string }>('chain_getHeader', [
    at,
  ]);
  const termsAt = (block: string): Promise<CoinbaseTerms> =>
    computeOnState({ connection, at: block }, (state) => pure.readCoinbaseTerms(pure.openState(state, { fast })));
  if (Number(header.number) === 0) return { terms: await termsAt(at), exact: true };
  try {
    return { terms: await termsAt(header.parentHash), exact: true };
  } catch (error) {
    if (!(error instanceof CliError) || error.data.discarded !== true) throw error;
    return { terms: await termsAt(at), exact: false };
  }
}

function withNames(
  pure: Pure,
  emission: ChainEmission,
  subnet: SubnetEmission,
  summaries: readonly SubnetSummary[],
): SubnetEmissionReport {
  const summary = summaries.find(({ netuid }) => netuid === subnet.netuid);
  return {
    ...subnet,
    name: summary?.name ?? `subnet ${subnet.netuid}`,
    symbol: summary?.symbol ?? 'α',
    nextHalving: untilHalving(pure, subnet.alphaIssuance, alphaPerBlock(emission, subnet)),
  };
}

/** Alpha that stays issued per block. */
function alphaPerBlock({ rootDividendsSold }: ChainEmission, subnet: SubnetEmission): bigint {
  const { alphaInjected, alphaMinted, split } = subnet;
  return alphaInjected + alphaMinted - (rootDividendsSold ? 0n : split.root);
}

export function untilHalving(
  pure: Pick<Pure, 'nextHalvingIssuance'>,
  issuance: bigint,
  perBlock: bigint,
): NextHalving | undefined {
  const next = pure.nextHalvingIssuance(issuance);
  if (next === undefined) return undefined;
  const remaining = next - issuance;
  return {
    issuance: next,
    remaining,
    blocks: perBlock > 0n ? Number((remaining + perBlock - 1n) / perBlock) : undefined,
  };
}

/**
 * Issuance over time by the curve. `perEmission` is what a block issues now, where that is another amount than the curve's;
 * it shrinks as the curve's does.
 */
export function projectIssuance(
  pure: Pick<Pure, 'nextHalvingIssuance' | 'blockEmissionForIssuance'>,
  start: bigint,
  { blocks, perEmission }: { readonly blocks: number; readonly perEmission: bigint | undefined },
): Curve {
  const step = Math.max(1, Math.floor(blocks / POINTS));
  const now = pure.blockEmissionForIssuance(start);
  const rate = (at: bigint): bigint => {
    const emitted = pure.blockEmissionForIssuance(at);
    return perEmission === undefined || now === 0n ? emitted : (emitted * perEmission) / now;
  };
  const issuance = [start];
  let at = start;
  for (let point = 0; point < POINTS; point++) {
    let left = BigInt(step);
    while (left > 0n) {
      const [next, perBlock] = [pure.nextHalvingIssuance(at), rate(at)];
      if (next === undefined || perBlock === 0n) break;
      const until = (next - at + perBlock - 1n) / perBlock;
      const run = until < left ? until : left;
      at += run * perBlock;
      left -= run;
    }
    issuance.push(at);
  }
  return { step, issuance };
}
