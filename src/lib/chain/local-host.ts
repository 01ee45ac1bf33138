import { CliError } from '../errors.ts';
import type { NodeHost, Owned, Preset, Sealing } from '../localnet/index.ts';
import { toLocalError } from './local-errors.ts';
import { inspectLocalPlace, own } from './local-place.ts';

export interface HostRequest {
  /** The data directory; undefined: a chain in memory that is gone at the end. */
  readonly directory: string | undefined;
  /** Undefined: an existing chain as it is; a new one is the playground, or `subtensor` with fast blocks. */
  readonly preset: Preset | undefined;
  readonly fast: boolean | undefined;
  readonly sealing: (fast: boolean) => Sealing;
  readonly durable: boolean;
  readonly port: number;
  readonly host: string;
  readonly version: string;
  readonly playgroundSnapshot: () => Promise<Uint8Array>;
  readonly onFault: (error: unknown) => void;
}

/** A node that serves until somebody ends it. */
export interface LocalHost {
  readonly endpoint: string;
  readonly genesisHash: string;
  readonly preset: string;
  readonly fast: boolean;
  readonly sealing: Sealing;
  /** Resolves when somebody asked over RPC to end it. */
  readonly stopped: Promise<void>;
  /** What a status line shows. */
  now(): { readonly block: number; readonly transactions: number; readonly connections: number };
  close(): Promise<void>;
}

/** Opens the chain and a port. @throws CliError FILE_LOCKED, PORT_IN_USE, VALIDATION, FILE_* */
export async function startLocalHost(request: HostRequest): Promise<LocalHost> {
  const { directory, fast, port, host: address } = request;
  const { NodeHost, chainParameters } = await import('../localnet/index.ts');
  let host: NodeHost | undefined;
  try {
    let stop = (): void => {};
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const isNew = directory === undefined || !(await inspectLocalPlace(directory)).exists;
    const preset = request.preset ?? (isNew && fast ? 'subtensor' : undefined);
    const owned: Owned | undefined = directory === undefined ? undefined : await own(directory);
    host = await NodeHost.open({ ...request, owned, preset, sealing: { mode: 'manual' }, onStop: stop });
    const { engine } = host;
    const parameters = chainParameters(engine.store.meta);
    const bound = await host.listen({ port, host: address });
    await engine.prepare();
    engine.seal(request.sealing(parameters.fast));
    return running(host, parameters.fast, bound, stopped);
  } catch (error) {
    await host?.close();
    throw error instanceof CliError ? error : toLocalError(error);
  }
}

function running(
  host: NodeHost,
  fast: boolean,
  bound: { readonly port: number; readonly host: string },
  stopped: Promise<void>,
): LocalHost {
  const { engine } = host;
  let transactions = 0;
  // The first extrinsic of a block is the clock.
  engine.listen({ onImported: ({ extrinsics }) => (transactions += extrinsics.length - 1) });
  return {
    endpoint: `ws://${bound.host.includes(':') ? `[${bound.host}]` : bound.host}:${bound.port}`,
    genesisHash: `0x${engine.genesisHash}`,
    preset: engine.store.meta.preset,
    fast,
    sealing: engine.sealing,
    stopped,
    now: () => ({ block: engine.head.number, transactions, connections: host.connections }),
    close: () =>
      host.close().catch((error) => {
        throw toLocalError(error);
      }),
  };
}
