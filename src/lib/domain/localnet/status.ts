import type { Connection } from '../../chain/connection.ts';
import { attach, connectLocal, type LocalOptions } from '../../chain/local.ts';
import { inspectLocalPlace, type LocalPlace } from '../../chain/local-place.ts';
import type { Sealing } from '../../localnet/index.ts';

/** A local chain as its node describes it. */
export interface ChainFacts {
  readonly preset: string;
  /** Milliseconds between two blocks on the chain's own clock: 12,000, or 250 with fast blocks. */
  readonly slotMs: number;
  readonly rootMode: string;
  readonly sealing: Sealing;
  readonly genesisHash: string;
  readonly block: number;
  /** Transactions that wait for a block. */
  readonly waiting: number;
  /** Where the node listens for others; empty when a command has the chain open for itself. */
  readonly endpoints: readonly string[];
}

export interface LocalStatus {
  readonly place: LocalPlace;
  /** Undefined where there is no chain yet. */
  readonly chain: ChainFacts | undefined;
}

/** Looks at the local chain without making one. @throws CliError FILE_* when it is there and cannot be opened. */
export async function localStatus(options: LocalOptions): Promise<LocalStatus> {
  const place = await inspectLocalPlace(options.dataFolder);
  if (!place.exists && !place.owner) return { place, chain: undefined };
  const connection = place.owner ? await attach(place.owner.socketPath, options.timeout) : await connectLocal(options);
  try {
    return { place, chain: await chainFacts(connection) };
  } finally {
    await connection.close();
  }
}

async function chainFacts(connection: Connection): Promise<ChainFacts> {
  const [status, genesisHash, header, endpoints] = await Promise.all([
    connection.request<{
      preset: string;
      rootMode: string;
      sealing: Sealing;
      slotDurationMs: number;
      pool: { ready: number; future: number };
    }>('dev_status'),
    connection.request<string>('chain_getBlockHash', [0]),
    connection.request<{ number: string }>('chain_getHeader'),
    endpointsOf(connection),
  ]);
  return {
    preset: status.preset,
    slotMs: status.slotDurationMs,
    rootMode: status.rootMode,
    sealing: status.sealing,
    genesisHash,
    block: Number(header.number),
    waiting: status.pool.ready + status.pool.future,
    endpoints,
  };
}

/** A command that has the chain open for itself serves no such method. */
async function endpointsOf(connection: Connection): Promise<readonly string[]> {
  const { methods } = await connection.request<{ methods: readonly string[] }>('rpc_methods');
  return methods.includes('dev_endpoints') ? connection.request<string[]>('dev_endpoints') : [];
}

/** `instant`, `every 12 s`, `manual`. */
export function describeSealing(sealing: Sealing): string {
  if (sealing.mode !== 'interval') return sealing.mode;
  return sealing.ms % 1000 === 0 ? `every ${sealing.ms / 1000} s` : `every ${sealing.ms} ms`;
}
