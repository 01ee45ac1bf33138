import { connect } from 'node:net';
import { CliError } from '../errors.ts';
import type { InProcessClient, NodeHost, Preset, RpcError } from '../localnet/index.ts';
import { type Connection, connectionLost, nodeError, type SubscriptionCall, timedOut } from './connection.ts';
import { toLocalError } from './local-errors.ts';

export interface LocalOptions {
  /** The data directory of the local chain. */
  readonly dataFolder: string;
  /** Milliseconds for a request, 0 for none. */
  readonly timeout: number;
  /** Of this program, for `system_version`. */
  readonly version?: string;
  /** What a new chain is made of; an existing one is opened as it is. Default: `playground`. */
  readonly preset?: Preset;
  /** The playground's snapshot, read when a chain is made of it. */
  readonly playgroundSnapshot?: () => Promise<Uint8Array>;
  /** Hears of faults that did not end the node, for logs. */
  readonly onFault?: (error: unknown) => void;
}

/** How long a command that owns the chain waits at its end for those that are attached to it. */
const DRAIN_MS = 10_000;
/** How long to go on trying when owners come and go. */
const ATTACH_MS = 10_000;

/**
 * The local chain: in this process when nobody has it open, otherwise through the socket of the process that has.
 * @throws CliError FILE_LOCKED, FILE_READ_ONLY, FILE_DISK_FULL, FILE_NEWER_VERSION, FILE_FAILED, NETWORK_UNREACHABLE
 */
export async function connectLocal(options: LocalOptions): Promise<Connection> {
  const { acquire, NodeHost } = await import('../localnet/index.ts');
  const deadline = Date.now() + ATTACH_MS;
  try {
    for (;;) {
      const lock = await acquire(options.dataFolder);
      if ('attachedTo' in lock) {
        try {
          return await attach(lock.attachedTo.socketPath, options.timeout);
        } catch (error) {
          // The owner left between the question and the call: its place is free now.
          if (Date.now() >= deadline) throw error;
          continue;
        }
      }
      return await own(NodeHost, lock, options);
    }
  } catch (error) {
    throw toLocalError(error);
  }
}

/** A line to the process that has the chain open. */
export async function attach(socketPath: string, timeout: number): Promise<Connection> {
  const { connectWebSocket } = await import('./ws-connection.ts');
  return connectWebSocket('ws://localhost', timeout, { name: 'local (attached)', open: () => connect(socketPath) });
}

async function own(
  Host: typeof NodeHost,
  owned: Parameters<typeof NodeHost.open>[0]['owned'],
  { dataFolder, timeout, version, preset, playgroundSnapshot, onFault }: LocalOptions,
): Promise<Connection> {
  const failed = new Set<(error: CliError) => void>();
  const host = await Host.open({
    directory: dataFolder,
    owned,
    version: version ?? 'unknown',
    // Most commands only read.
    prepared: false,
    ...(preset ? { preset } : {}),
    ...(playgroundSnapshot ? { playgroundSnapshot } : {}),
    ...(onFault ? { onFault } : {}),
    onStoreFailure: (error) => {
      for (const tell of [...failed]) tell(toLocalError(error) as CliError);
    },
  });
  return new EmbeddedConnection(host, timeout, failed);
}

/** The chain that this process has open. */
class EmbeddedConnection implements Connection {
  readonly endpoint = 'local (embedded)';
  private readonly host: NodeHost;
  private readonly client: InProcessClient;
  private readonly timeout: number;
  private readonly failed: Set<(error: CliError) => void>;

  constructor(host: NodeHost, timeout: number, failed: Set<(error: CliError) => void>) {
    this.host = host;
    this.client = host.connect();
    this.timeout = timeout;
    this.failed = failed;
  }

  async request<T = unknown>(method: string, params: readonly unknown[] = []): Promise<T> {
    return (await this.timed(method, this.client.request(method, params))) as T;
  }

  async subscribe(
    call: SubscriptionCall,
    onItem: (item: unknown) => void,
    onLost: (error: CliError) => void,
  ): Promise<() => Promise<void>> {
    this.failed.add(onLost);
    const { method, unsubscribe, params = [] } = call;
    try {
      const stop = await this.timed(method, this.client.subscribe(method, unsubscribe, params, onItem));
      return async () => {
        this.failed.delete(onLost);
        await stop();
      };
    } catch (error) {
      this.failed.delete(onLost);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.failed.clear();
    await this.host.close(DRAIN_MS).catch((error) => {
      throw toLocalError(error);
    });
  }

  private async timed<T>(method: string, answer: Promise<T>): Promise<T> {
    if (this.timeout <= 0) return answer.catch((error) => this.refuse(method, error));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(timedOut(this.endpoint, method, this.timeout)), this.timeout);
    });
    try {
      return await Promise.race([answer, late]).catch((error) => this.refuse(method, error));
    } finally {
      clearTimeout(timer);
    }
  }

  private refuse(method: string, error: unknown): never {
    if (error instanceof CliError) throw error;
    const { name, cause } = error as Error;
    if (name !== 'RpcError') throw toLocalError(error);
    const local = toLocalError(cause);
    if (local instanceof CliError)
      throw local.code === 'CONNECTION_LOST' ? connectionLost(this.endpoint, cause) : local;
    throw nodeError(method, error as RpcError);
  }
}
