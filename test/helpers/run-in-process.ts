import { PassThrough } from 'node:stream';
import type { CommandClass } from '../../src/lib/cli/base-command.ts';
import { Interrupt } from '../../src/lib/cli/interrupt.ts';
import type { Io } from '../../src/lib/cli/io.ts';
import { runCli } from '../../src/lib/cli/main.ts';

export interface InProcessRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The JSON document, when stdout is one. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  readonly json: any;
}

export interface InProcessOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly interrupt?: Interrupt;
}

type AnyCommand = abstract new (...args: never[]) => object;

/** Runs one command class through the whole of the CLI but the process: `runInProcess(StakeAdd, 'stake add', [...])`. */
export async function runInProcess(
  command: AnyCommand,
  id: string,
  args: readonly string[],
  options: InProcessOptions = {},
): Promise<InProcessRun> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const io = {
    stdin: new PassThrough(),
    stdout,
    stderr,
    env: { HOME: '/nonexistent', ...options.env },
  } as unknown as Io;
  const code = await runCli({
    argv: [...id.split(' '), ...args],
    io,
    facts: {
      root: '/nonexistent',
      pjson: {},
      index: {
        version: '0.0.0',
        commands: { [id]: { summary: '', aliases: [], hidden: false, schema: 'test/v1', list: false } },
      },
    },
    interrupt: options.interrupt ?? new Interrupt(),
    load: async () => command as unknown as CommandClass,
  });
  const text = (stream: PassThrough): string => {
    const chunks: Buffer[] = [];
    // From Node 26 on one call gives one chunk.
    for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString('utf8');
  };
  const printed = text(stdout);
  return {
    code,
    stdout: printed,
    stderr: text(stderr),
    json: printed.startsWith('{') ? JSON.parse(printed) : undefined,
  };
}
