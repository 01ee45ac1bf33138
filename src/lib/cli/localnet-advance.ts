import type { ChainClient } from '../chain/client.ts';
import { type Advanced, type AdvanceGoal, advance, MOST_BLOCKS, planAdvance } from '../domain/localnet/advance.ts';
import { CliError } from '../errors.ts';
import type { CommandContext } from './context.ts';

interface AdvanceFlags {
  readonly blocks?: string | undefined;
  readonly 'until-block'?: string | undefined;
  readonly days?: string | undefined;
  readonly epochs?: string | undefined;
  readonly netuid?: number | undefined;
}

const KINDS = ['blocks', 'until-block', 'days', 'epochs'] as const;
/** The chain counts its blocks with 32 bits. */
const LAST_BLOCK = 0xffff_ffff;
/** Longest time at a block's end before Ctrl-C gives up waiting: the largest epochs take a fraction of it. */
const GRACE_MS = 30_000;

/** Reads the one goal that was given, or asks for blocks. @throws CliError USAGE, VALIDATION */
export async function advanceGoal(context: CommandContext, flags: AdvanceFlags): Promise<AdvanceGoal> {
  const given = KINDS.filter((kind) => flags[kind] !== undefined);
  if (given.length > 1) {
    throw new CliError('USAGE', `${given.map((kind) => `--${kind}`).join(' and ')} exclude each other.`, {
      hints: ['Choose one of them.'],
    });
  }
  const { netuid } = flags;
  if (netuid !== undefined && flags.epochs === undefined) {
    throw new CliError('USAGE', '--netuid goes with --epochs only.', { hints: ['Add --epochs N.'] });
  }
  if (flags.epochs !== undefined) return { type: 'epochs', epochs: count(flags.epochs, 'epochs'), netuid };
  if (flags['until-block'] !== undefined) {
    return { type: 'until', block: count(flags['until-block'], 'until-block', 0, LAST_BLOCK) };
  }
  if (flags.days !== undefined) return { type: 'days', days: days(flags.days) };
  const blocks = await context.need({
    flag: 'blocks',
    type: 'number',
    message: 'How many blocks?',
    value: flags.blocks === undefined ? undefined : count(flags.blocks, 'blocks'),
    parse: (text) => count(text, undefined),
  });
  return { type: 'blocks', blocks };
}

/** @param option undefined at a prompt, which names itself */
function count(text: string, option: string | undefined, least = 1, most = MOST_BLOCKS): number {
  const value = Number(text.trim());
  if (/^\d{1,10}$/.test(text.trim()) && value >= least && value <= most) return value;
  throw new CliError(
    'VALIDATION',
    `${option === undefined ? '' : `--${option}: `}"${text.slice(0, 40)}" is not a whole number from ${least} to ${most}.`,
    { data: { ...(option === undefined ? {} : { option: `--${option}` }), value: text.slice(0, 40) } },
  );
}

function days(text: string): number {
  const value = Number(text.trim());
  if (/^\d{1,6}(\.\d{1,6})?$/.test(text.trim()) && value > 0) return value;
  throw new CliError('VALIDATION', `--days: "${text.slice(0, 40)}" is not a number of days above 0.`, {
    hints: ['Parts are fine: 0.5 is half a day.'],
    data: { option: '--days', value: text.slice(0, 40) },
  });
}

/** What `advance` would do, with nothing done. */
export async function plannedAdvance(client: ChainClient, goal: AdvanceGoal) {
  const { from, to } = await planAdvance(client, goal);
  return { ...describeAdvance({ from, to, seconds: 0, epochs: [], interrupted: false }), planned: true };
}

/** Advances with a progress bar. Ctrl-C ends it after the running block and says how far it came. */
export async function advanceShowing(
  context: CommandContext,
  client: ChainClient,
  goal: AdvanceGoal,
): Promise<Advanced> {
  let made = 0;
  const settled = context.onInterrupt(() => `${made} blocks were made and stay.`, { grace: GRACE_MS });
  context.progress.say('Making blocks');
  const advanced = await advance(client, goal, {
    signal: context.signal,
    onProgress: (done, target, rate) => {
      made = done;
      context.progress.part('Making blocks', done, target, `${Math.round(rate)} blocks/s`);
    },
  }).catch((error: unknown) => {
    throw withBlocks(error, made);
  });
  context.progress.stop();
  if (advanced.interrupted) {
    throw new CliError('INTERRUPTED', `Interrupted. ${advanced.to - advanced.from} blocks were made and stay.`, {
      data: { done: [`${advanced.to - advanced.from} blocks`], ...describeAdvance(advanced) },
    });
  }
  settled();
  return advanced;
}

/** What came in between, with the blocks that were there by then. */
function withBlocks(error: unknown, made: number): unknown {
  if (!(error instanceof CliError) || made === 0) return error;
  const { code, message, hints, data, exit, cause } = error;
  return new CliError(code, message, {
    exit,
    hints: [`At least ${made} blocks were made and stay.`, ...hints],
    data: { ...data, blocks: made },
    cause,
  });
}

export function describeAdvance({ from, to, seconds, epochs }: Advanced) {
  const blocks = to - from;
  const rounded = Math.round(seconds * 1000) / 1000;
  return {
    fromBlock: from,
    toBlock: to,
    blocks,
    seconds: rounded,
    blocksPerSecond: seconds === 0 ? 0 : Math.round((blocks / seconds) * 10) / 10,
    epochs: [...epochs],
  };
}
