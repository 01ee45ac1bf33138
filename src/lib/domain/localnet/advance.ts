import type { ChainClient } from '../../chain/client.ts';
import { CliError } from '../../errors.ts';
import { type EpochSchedule, nextEpochBlock } from '../epoch/next-epoch.ts';

/** How far to take the local chain: exactly one of these. */
export type AdvanceGoal =
  | { readonly type: 'blocks'; readonly blocks: number }
  | { readonly type: 'until'; readonly block: number }
  /** Time on the chain's own clock. */
  | { readonly type: 'days'; readonly days: number }
  /** Until the subnet, or every subnet, has had so many more epochs. */
  | { readonly type: 'epochs'; readonly epochs: number; readonly netuid: number | undefined };

export interface AdvanceOptions {
  /** Ends the advance after the running block. */
  readonly signal: AbortSignal;
  /** `target` may grow while epochs are awaited. */
  readonly onProgress: (made: number, target: number, blocksPerSecond: number) => void;
}

export interface Advanced {
  readonly from: number;
  readonly to: number;
  readonly seconds: number;
  /** Epochs that ran meanwhile, by subnet. */
  readonly epochs: readonly { readonly netuid: number; readonly epochs: number }[];
  readonly interrupted: boolean;
}

/** The most blocks that one command makes: about three and a half years of 12-second blocks. */
export const MOST_BLOCKS = 10_000_000;
/** Length of one request: short enough for Ctrl-C and the progress bar. */
const REQUEST_MS = 100;
const FIRST_REQUEST_BLOCKS = 8;
const MOST_PER_REQUEST = 4096;
const DAY_MS = 86_400_000;

/** The blocks that `advance` would make, as far as can be told: with epochs that are put off it makes more. */
export async function planAdvance(client: ChainClient, goal: AdvanceGoal): Promise<Pick<Advanced, 'from' | 'to'>> {
  const { number: from } = await client.head();
  if (goal.type !== 'epochs') return { from, to: await targetBlock(client, goal, from) };
  const { wanted, ends } = await wantedEpochs(client, goal, await epochCounts(client));
  return { from, to: limited(from, await blockOfEpochs(client, wanted, ends)) };
}

/** Makes blocks on the local chain, which others may use meanwhile. Every block that was made stays. */
export async function advance(client: ChainClient, goal: AdvanceGoal, options: AdvanceOptions): Promise<Advanced> {
  const start = await client.head();
  const epochsBefore = await epochCounts(client);
  const progress = new Pace(client, start.number, options);
  if (goal.type === 'epochs') await untilEpochs(client, goal, epochsBefore, progress);
  else await progress.runTo(await targetBlock(client, goal, start.number));
  const epochsAfter = await epochCounts(client);
  return {
    from: start.number,
    to: (await client.head()).number,
    seconds: progress.seconds,
    epochs: [...epochsAfter]
      .map(([netuid, count]) => ({ netuid, epochs: count - (epochsBefore.get(netuid) ?? 0) }))
      .filter(({ epochs }) => epochs > 0),
    interrupted: options.signal.aborted,
  };
}

async function targetBlock(
  client: ChainClient,
  goal: Exclude<AdvanceGoal, { type: 'epochs' }>,
  head: number,
): Promise<number> {
  if (goal.type === 'blocks') return limited(head, head + goal.blocks);
  if (goal.type === 'days') {
    const { slotDurationMs } = await client.connection.request<{ slotDurationMs: number }>('dev_status');
    return limited(head, head + Math.round((goal.days * DAY_MS) / slotDurationMs));
  }
  if (goal.block < head) {
    throw new CliError('VALIDATION', `Block ${goal.block} has been: the chain is at block ${head}.`, {
      hints: ['`localnet reset` goes back to the beginning.'],
      data: { head, asked: goal.block },
    });
  }
  return limited(head, goal.block);
}

function limited(head: number, target: number): number {
  if (target - head <= MOST_BLOCKS) return target;
  throw new CliError('VALIDATION', `${target - head} blocks are more than one command makes.`, {
    hints: [`At most ${MOST_BLOCKS} at a time.`],
    data: { blocks: target - head, most: MOST_BLOCKS },
  });
}

type EpochGoal = Extract<AdvanceGoal, { type: 'epochs' }>;

/** The subnets whose epochs count, and the number of epochs at which each is done. */
async function wantedEpochs(
  client: ChainClient,
  goal: EpochGoal,
  before: ReadonlyMap<number, number>,
): Promise<{ readonly wanted: readonly number[]; readonly ends: ReadonlyMap<number, number> }> {
  const wanted = goal.netuid === undefined ? [...before.keys()] : [goal.netuid];
  await refuseWithoutEpochs(client, wanted, before);
  return { wanted, ends: new Map(wanted.map((netuid) => [netuid, before.get(netuid)! + goal.epochs])) };
}

async function untilEpochs(
  client: ChainClient,
  goal: EpochGoal,
  before: ReadonlyMap<number, number>,
  progress: Pace,
): Promise<void> {
  const { wanted, ends } = await wantedEpochs(client, goal, before);
  while (!progress.interrupted) {
    const counts = await epochCounts(client);
    const waiting = wanted.filter((netuid) => counts.get(netuid)! < ends.get(netuid)!);
    if (waiting.length === 0) return;
    const head = (await client.head()).number;
    // A block may hold too few epochs for all that are due: then one is put off, and the loop goes on.
    await progress.runTo(limited(head, await blockOfEpochs(client, waiting, ends)));
  }
}

/** The block in which the last of the epochs is due, if none is put off. */
async function blockOfEpochs(
  client: ChainClient,
  netuids: readonly number[],
  ends: ReadonlyMap<number, number>,
): Promise<number> {
  const counts = await epochCounts(client);
  const schedule = await schedules(client, netuids);
  const head = (await client.head()).number;
  const dues = schedule.map((one) => {
    const later = ends.get(one.netuid)! - counts.get(one.netuid)! - 1;
    return (nextEpochBlock(one, head) ?? head) + later * one.tempo;
  });
  return Math.max(head, ...dues);
}

async function refuseWithoutEpochs(
  client: ChainClient,
  netuids: readonly number[],
  counts: ReadonlyMap<number, number>,
): Promise<void> {
  const unknown = netuids.find((netuid) => !counts.has(netuid));
  if (unknown !== undefined) {
    throw new CliError('UNKNOWN_SUBNET', `Subnet ${unknown} does not exist, or has no epochs.`, {
      hints: ['`subnet list` shows all. Root (0) has no epochs.'],
      data: { netuid: unknown, netuids: [...counts.keys()] },
    });
  }
  const still = (await schedules(client, netuids)).filter(({ tempo }) => tempo === 0);
  if (still.length === 0) return;
  throw new CliError('VALIDATION', `Subnet ${still[0]!.netuid} has tempo 0: it never has an epoch.`, {
    data: { netuids: still.map(({ netuid }) => netuid) },
  });
}

/** Number of epochs so far of every subnet but root, ascending. */
async function epochCounts(client: ChainClient): Promise<Map<number, number>> {
  const reader = await client.reader();
  const added = await reader.entries<[number], boolean>('SubtensorModule', 'NetworksAdded');
  const netuids = added
    .filter(([[netuid], there]) => there && netuid !== 0)
    .map(([[netuid]]) => netuid)
    .sort((a, b) => a - b);
  const counts = await reader.many<bigint[]>(
    netuids.map((netuid) => ['SubtensorModule', 'SubnetEpochIndex', netuid] as const),
  );
  return new Map(netuids.map((netuid, index) => [netuid, Number(counts[index]!)]));
}

type Schedule = EpochSchedule & { readonly netuid: number };

async function schedules(client: ChainClient, netuids: readonly number[]): Promise<Schedule[]> {
  const reader = await client.reader();
  const items = ['Tempo', 'LastEpochBlock', 'PendingEpochAt'] as const;
  const values = await reader.many<(number | bigint)[]>(
    netuids.flatMap((netuid) => items.map((item) => ['SubtensorModule', item, netuid] as const)),
  );
  return netuids.map((netuid, index) => {
    const [tempo = 0, last = 0, pending = 0] = values.slice(index * 3, index * 3 + 3).map(Number);
    return { netuid, tempo, last, pending };
  });
}

/** Makes blocks in requests of about the same length, so that the command stays responsive at any speed. */
class Pace {
  private readonly client: ChainClient;
  private readonly first: number;
  private readonly options: AdvanceOptions;
  private milliseconds = 0;
  private batch = FIRST_REQUEST_BLOCKS;

  constructor(client: ChainClient, first: number, options: AdvanceOptions) {
    this.client = client;
    this.first = first;
    this.options = options;
  }

  get interrupted(): boolean {
    return this.options.signal.aborted;
  }

  /** Time spent making blocks. */
  get seconds(): number {
    return this.milliseconds / 1000;
  }

  /** Up to this block, counting those that others make. */
  async runTo(target: number): Promise<void> {
    let at = (await this.client.head()).number;
    while (at < target && !this.interrupted) {
      const count = Math.min(this.batch, target - at);
      const started = performance.now();
      await this.client.connection.request('dev_newBlock', [{ count, to: target }]);
      const took = performance.now() - started;
      this.milliseconds += took;
      at = (await this.client.head()).number;
      const made = at - this.first;
      const fitting = Math.round((count * REQUEST_MS) / Math.max(took, 1));
      this.batch = Math.min(MOST_PER_REQUEST, Math.max(1, Math.min(fitting, this.batch * 4)));
      this.options.onProgress(made, target - this.first, (made * 1000) / Math.max(this.milliseconds, 1));
    }
  }
}
