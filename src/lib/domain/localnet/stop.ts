import { connectionLost } from '../../chain/connection.ts';
import { attach } from '../../chain/local.ts';
import { inspectLocalPlace } from '../../chain/local-place.ts';
import { CliError } from '../../errors.ts';

export interface Stopped {
  readonly pid: number;
  readonly block: number;
}

const POLL_MS = 25;

/**
 * Asks the process that serves the local chain to end, and waits until it has let go.
 * @param planOnly looks who would be stopped, and stops nobody
 * @returns undefined when nobody has the chain open
 * @throws CliError FILE_LOCKED when a command has it open for itself, TIMEOUT
 */
export async function stopLocal(directory: string, timeout: number, planOnly = false): Promise<Stopped | undefined> {
  const { owner } = await inspectLocalPlace(directory);
  if (!owner) return undefined;
  const connection = await attach(owner.socketPath, timeout);
  let block: number;
  try {
    const { methods } = await connection.request<{ methods: readonly string[] }>('rpc_methods');
    if (!methods.includes('dev_stop')) throw heldByCommand(owner.pid);
    block = Number((await connection.request<{ number: string }>('chain_getHeader')).number);
    if (planOnly) return { pid: owner.pid, block };
    await connection.request('dev_stop');
  } finally {
    await connection.close();
  }
  const deadline = Date.now() + (timeout || Number.POSITIVE_INFINITY);
  for (;;) {
    const now = (await inspectLocalPlace(directory)).owner;
    if (now?.pid !== owner.pid || now.startedAt !== owner.startedAt) return { pid: owner.pid, block };
    if (Date.now() >= deadline) {
      throw new CliError('TIMEOUT', `Process ${owner.pid} was asked to stop and still runs.`, {
        hints: ['It writes the last blocks; --timeout allows more time.'],
        data: { pid: owner.pid },
        cause: connectionLost('local'),
      });
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function heldByCommand(pid: number): CliError {
  return new CliError('FILE_LOCKED', `Process ${pid} is a command that has the local chain open for itself.`, {
    hints: ['It lets go when it is done; only what `localnet start` started can be stopped.'],
    data: { pid },
  });
}
