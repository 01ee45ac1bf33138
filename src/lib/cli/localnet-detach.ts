import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CliError, ERROR_EXIT_CODES, type ErrorCode } from '../errors.ts';
import type { CommandContext } from './context.ts';
import type { StartFlags } from './localnet-flags.ts';
import type { StartResult } from './localnet-start-result.ts';
import { withoutSecrets } from './secrets.ts';

/** Longest wait for the node's first word. */
const READY_MS = 20_000;

/** Starts the node as a process of its own and waits until it serves. @throws CliError as the node itself would */
export async function startDetached(context: CommandContext, flags: StartFlags): Promise<StartResult> {
  const { port, host, seal, 'block-time': time, fast, preset, durable } = flags;
  const { env, settings } = context;
  const options = [
    ...['--port', port, '--host', host],
    ...(seal === undefined ? [] : ['--seal', seal]),
    ...(time === undefined ? [] : ['--block-time', time]),
    ...(preset === undefined ? [] : ['--preset', preset]),
    ...(fast ? ['--fast'] : []),
    ...(durable ? ['--durable'] : []),
    ...['--network', settings.network, '--json'],
  ];
  const program = join(context.program.facts.root, 'bin', 'run.js');
  context.progress.say('Starting the node');
  const node = spawn(process.execPath, [program, 'localnet', 'start', ...options], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: withoutSecrets(env),
  });
  const document = await new Promise<string>((resolve, reject) => {
    let text = '';
    const late = setTimeout(() => {
      node.kill();
      reject(
        new CliError('TIMEOUT', 'The node did not start in time.', {
          hints: ['Start it without --detach to see why.'],
        }),
      );
    }, READY_MS);
    node.stdout.setEncoding('utf8').on('data', (more: string) => {
      text += more;
      if (!text.endsWith('\n}\n')) return;
      clearTimeout(late);
      resolve(text);
    });
    node.once('error', reject);
    node.once('exit', (code) => {
      clearTimeout(late);
      if (text === '') reject(new CliError('UNEXPECTED', `The node ended with exit code ${code} before it served.`));
    });
  });
  node.stdout.destroy();
  node.unref();
  const answer = JSON.parse(document) as
    | { readonly ok: true; readonly data: StartResult; readonly meta: { readonly block?: number } }
    | {
        readonly ok: false;
        readonly error: { code: ErrorCode; message: string; hints: string[]; data: Record<string, unknown> };
      };
  if (!answer.ok) {
    const { code, message, hints, data } = answer.error;
    throw new CliError(code in ERROR_EXIT_CODES ? code : 'UNEXPECTED', message, { hints, data });
  }
  context.meta.block = answer.data.block;
  return { ...answer.data, detached: true };
}
