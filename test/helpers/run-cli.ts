import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './project-root.ts';

export const RUN_JS = join(ROOT, 'bin', 'run.js');

export interface CliResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

export interface CliOptions {
  /** A home from `makeHome`, to keep state between runs; a fresh one by default. */
  readonly home?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Written to stdin, which is then closed. */
  readonly input?: string;
  readonly cwd?: string;
  /** Milliseconds after which the run counts as hanging. */
  readonly timeout?: number;
  /** Called with everything printed so far whenever something is printed, with a way to signal the process. */
  readonly onOutput?: (printed: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** One question and its answer on a terminal: waits until `expect` has appeared, then types `send`. */
export interface Keystrokes {
  readonly expect: string | RegExp;
  /** What is typed, or a function of everything that was printed so far. */
  readonly send: string | ((printed: string) => string);
}

const homes: string[] = [];
process.on('exit', () => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

/** An empty home with nothing of the developer's in it; removed when the test process ends. */
export function makeHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'btcli-home-'));
  homes.push(home);
  return home;
}

/** The environment of a person who has only just installed the program. */
export function cleanEnvironment(home: string): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    TMPDIR: tmpdir(),
    LANG: 'C.UTF-8',
  };
}

/** Runs the built CLI without a terminal. */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return runProgram([process.execPath, RUN_JS, ...args], options);
}

/** As `runCli`, for any program. */
export async function runProgram(program: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  return launch(program, options);
}

/** Runs the built CLI with `--json` and reads the one document that it must print. */
export async function runJson(
  args: readonly string[],
  options: CliOptions = {},
): Promise<{ document: JsonDocument; code: number | null; stderr: string }> {
  const { stdout, stderr, code } = await runCli([...args, '--json'], options);
  return { document: JSON.parse(stdout) as JsonDocument, code, stderr };
}

export interface JsonDocument {
  readonly ok: boolean;
  readonly schema: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  readonly data: any;
  readonly warnings: string[];
  readonly meta: Record<string, unknown>;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  readonly error: { code: string; message: string; hints: string[]; data: any };
}

/**
 * Runs the built CLI on a pseudo-terminal and answers its questions. stdout goes to a file, as in `btcli-ts … > file`,
 * unless `screen` is set; `stderr` is what the terminal showed.
 */
export async function runOnTerminal(
  args: readonly string[],
  keystrokes: readonly Keystrokes[],
  options: TerminalOptions = {},
): Promise<CliResult> {
  return runProgramOnTerminal([process.execPath, RUN_JS, ...args], keystrokes, options);
}

export interface TerminalOptions extends CliOptions {
  readonly screen?: boolean;
  readonly columns?: number;
}

/** As `runOnTerminal`, for any program. */
export async function runProgramOnTerminal(
  program: readonly string[],
  keystrokes: readonly Keystrokes[],
  options: TerminalOptions = {},
): Promise<CliResult> {
  const home = options.home ?? makeHome();
  const folder = join(home, '.terminal');
  mkdirSync(folder, { recursive: true });
  const stdoutFile = join(folder, `stdout-${Math.random().toString(36).slice(2)}`);
  const words = program.map(quote).join(' ');
  const command = `stty rows 40 cols ${options.columns ?? 100}; exec ${words}${options.screen ? '' : ` > ${quote(stdoutFile)}`}`;
  let next = 0;
  let searchedFrom = 0;
  const { stdout: shown, code } = await launch(terminal(command), {
    ...options,
    home,
    env: { TERM: 'xterm', ...options.env },
    keepOpen: true,
    onOutput: (printed, kill, type) => {
      options.onOutput?.(printed, kill);
      const step = keystrokes[next];
      if (!step) return;
      const found = printed
        .slice(searchedFrom)
        .search(typeof step.expect === 'string' ? literal(step.expect) : step.expect);
      if (found === -1) return;
      searchedFrom = printed.length;
      next++;
      // A prompt draws itself before it listens.
      setTimeout(() => type(typeof step.send === 'string' ? step.send : step.send(printed)), 100);
    },
  });
  return { stdout: existsSync(stdoutFile) ? readFileSync(stdoutFile, 'utf8') : '', stderr: shown, code };
}

export const ENTER = '\r';
export const CTRL_C = '\u0003';

interface LaunchOptions extends Omit<CliOptions, 'onOutput'> {
  readonly keepOpen?: boolean;
  readonly onOutput?: (printed: string, kill: (signal: NodeJS.Signals) => void, type: (text: string) => void) => void;
}

function launch(command: readonly string[], options: LaunchOptions): Promise<CliResult> {
  const env = { ...cleanEnvironment(options.home ?? makeHome()), ...options.env };
  const child = spawn(command[0]!, command.slice(1), { cwd: options.cwd ?? tmpdir(), env });
  // Generous, since an argon2 of half a gigabyte waits its turn on a busy machine.
  const limit = options.timeout ?? 120_000;
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`still running after ${limit} ms: ${command.join(' ')}\n${stdout}\n${stderr}`));
    }, limit);
    const notify = (): void =>
      options.onOutput?.(
        stdout + stderr,
        (signal) => child.kill(signal),
        (text) => child.stdin.write(text),
      );
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      notify();
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      notify();
    });
    child.stdin.on('error', () => {});
    if (!options.keepOpen) child.stdin.end(options.input ?? '');
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ stdout, stderr, code });
    });
  });
}

/** The program that lends a pseudo-terminal: util-linux's `script`, or Python's standard library. */
function terminal(command: string): string[] {
  const util = spawnSync('script', ['--version'], { encoding: 'utf8' });
  if (util.status === 0 && util.stdout.includes('util-linux')) return ['script', '-qfec', command, '/dev/null'];
  if (spawnSync('python3', ['--version']).status === 0) {
    const code = 'import os,pty,sys;sys.exit(os.waitstatus_to_exitcode(pty.spawn(["sh","-c",sys.argv[1]])))';
    return ['python3', '-c', code, command];
  }
  throw new Error('tests on a terminal need script (util-linux) or python3');
}

/** A word for a shell, whatever is in it. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

function literal(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}
