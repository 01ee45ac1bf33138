import type { CliError } from '../errors.ts';
import type { CommandClass } from './base-command.ts';
import { type Dispatch, dispatch } from './dispatch.ts';
import { helpData, helpText } from './help.ts';
import { Interrupt, restoreTerminal } from './interrupt.ts';
import { type Io, processIo, write } from './io.ts';
import { wantsJson } from './option-names.ts';
import { Output } from './output.ts';
import { type PackageFacts, packageFacts } from './package-facts.ts';
import { refuseSecretOptions } from './secrets.ts';
import { toCliError } from './to-cli-error.ts';

export interface Run {
  readonly argv: readonly string[];
  readonly io: Io;
  readonly facts: PackageFacts;
  readonly interrupt: Interrupt;
  /** Loads a command's class by its id. */
  readonly load: (id: string) => Promise<CommandClass>;
}

/** Runs one command line and returns the exit code. Whatever happens, the answer is written exactly once. */
export async function runCli(run: Run): Promise<number> {
  const output = new Output(run.io, wantsJson(run.argv, run.io.env));
  const work = attempt(run, output);
  const outcome = await Promise.race([work, interrupted(run.interrupt, work)]);
  // An interrupt that comes after the answer has nothing left to interrupt.
  if (outcome === undefined || (outcome.code === 'INTERRUPTED' && output.answered)) return 0;
  output.noColor ||= run.argv.includes('--no-color');
  await output.fail(outcome);
  return outcome.exit;
}

async function attempt(run: Run, output: Output): Promise<CliError | undefined> {
  try {
    refuseSecretOptions(run.argv);
    await perform(dispatch(run.argv, run.facts.index), run, output);
    return undefined;
  } catch (error) {
    const known = toCliError(error);
    if (known?.code === 'INTERRUPTED') return known.data.done === undefined ? run.interrupt.error() : known;
    if (known) return known;
    const { reportBug } = await import('./bug-report.ts');
    return reportBug(error, run.argv, run.facts.index.version, run.io);
  }
}

/** Resolves once the user has interrupted and the command had its time to stop by itself. */
async function interrupted(interrupt: Interrupt, work: Promise<unknown>): Promise<CliError | undefined> {
  const { signal } = interrupt;
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, interrupt.graceMilliseconds);
  });
  const settled = await Promise.race([
    work.then(() => true),
    grace.then(() => false),
    interrupt.hurried.then(() => false),
  ]);
  clearTimeout(timer);
  // What the command itself had to say wins the race in `runCli`, unless it did not stop in time.
  return settled ? new Promise(() => {}) : interrupt.error();
}

async function perform(wanted: Dispatch, run: Run, output: Output): Promise<void> {
  const { facts } = run;
  if (wanted.kind === 'version') {
    const { version } = facts.index;
    const platform = `${process.platform}-${process.arch}`;
    const text = `btcli-ts/${version} ${platform} node-${process.version}\n`;
    return output.succeed('version/v1', { version, node: process.version, platform }, text);
  }
  if (wanted.kind === 'help') return help(wanted.path, run, output);
  const Command = await run.load(wanted.id);
  const { pjson } = facts;
  const config = {
    bin: 'btcli-ts',
    name: 'btcli-ts',
    version: facts.index.version,
    root: facts.root,
    pjson,
    topicSeparator: ' ',
    runHook: async () => ({ successes: [], failures: [] }),
  };
  const command = new Command([...wanted.argv], config as never);
  command.id = wanted.id;
  await command.invoke({ output, interrupt: run.interrupt, program: { facts, load: run.load } });
}

async function help(path: string, { facts }: Run, output: Output): Promise<void> {
  const entry = facts.index.commands[path];
  if (output.mode === 'json') {
    const data = helpData(facts.index, path);
    return output.succeed('help/v1', entry ? { ...data, summary: entry.summary, schema: entry.schema } : data, '');
  }
  if (entry === undefined) {
    const { isTTY, columns } = output.io.stdout;
    const text = helpText(facts.index, path, output.colors, isTTY === true ? columns : undefined);
    return output.succeed('help/v1', null, text);
  }
  const { commandHelp } = await import('./command-help.ts');
  return output.succeed('help/v1', null, await commandHelp(facts, path, output.usesColor));
}

/** Whoever writes learns of a failure from its own callback; `| head`, which closes the pipe, is none. */
function ignoreStreamErrors({ stdout, stderr }: Io): void {
  for (const stream of [stdout, stderr]) stream.removeAllListeners('error').on('error', () => {});
}

/** The process's own entry: installs signal handlers, runs, and ends with the right code. */
export async function main(root: string, load: Run['load']): Promise<never> {
  const io = processIo;
  const interrupt = new Interrupt();
  let code = 1;
  let signals = 0;
  const exit = (): never => {
    restoreTerminal(io);
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      code = 130;
      signals++;
      if (signals > 2) exit();
      interrupt.raise();
    });
  }
  ignoreStreamErrors(io);
  const loadQuietly: Run['load'] = async (id) => {
    const command = await load(id);
    // oclif, which came with it, would throw.
    ignoreStreamErrors(io);
    return command;
  };
  try {
    code = await runCli({ argv: process.argv.slice(2), io, facts: packageFacts(root), interrupt, load: loadQuietly });
  } catch (error) {
    code = 70;
    await write(io.stderr, `btcli-ts could not even report its failure: ${String(error)}\n`);
  }
  return exit();
}
