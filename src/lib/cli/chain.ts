import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ChainClient } from '../chain/client.ts';
import type { Connection } from '../chain/connection.ts';
import type { LocalOptions } from '../chain/local.ts';
import { REMOTE_NETWORKS } from '../chain/networks.ts';
import type { CommandContext } from './context.ts';

/** Opens the network that the settings name; it is closed when the command ends. */
export async function openChain(context: CommandContext): Promise<ChainClient> {
  const { settings, paths, progress } = context;
  const { network, timeout } = settings;
  context.meta.network = network;
  const remote = REMOTE_NETWORKS[network];
  const connect = async (): Promise<Connection> => {
    if (network === 'local') {
      const { connectLocal } = await import('../chain/local.ts');
      return connectLocal(localOptions(context));
    }
    const { connectWebSocket } = await import('../chain/ws-connection.ts');
    return connectWebSocket(remote?.endpoint ?? network, timeout);
  };
  if (network !== 'local') progress.say(`Connecting to ${remote?.endpoint ?? network}`);
  const client = await ChainClient.open({
    network,
    connect,
    // The bundled chain's metadata is the program's: another version may have other metadata on the same chain.
    cacheFolder: join(paths.cache, 'metadata', ...(network === 'local' ? [context.program.facts.index.version] : [])),
    ...(remote ? { pinnedGenesis: remote.genesisHash } : {}),
  });
  context.defer(() => client.close());
  progress.stop();
  return client;
}

/** How this program opens the bundled chain. */
export function localOptions(context: CommandContext): LocalOptions {
  const { root, index } = context.program.facts;
  return {
    dataFolder: localDataFolder(context.paths.data),
    timeout: context.settings.timeout,
    version: index.version,
    playgroundSnapshot: () => readPlayground(root),
    onFault: (error) => context.debug(`local chain: ${error instanceof Error ? error.stack : error}`),
  };
}

/** Where the local chain lives. */
export const localDataFolder = (data: string): string => join(data, 'localnet');

/** The chain that a new local network starts from; ships with the package. */
export const readPlayground = (root: string): Promise<Uint8Array> =>
  readFile(join(root, 'assets', 'playground.snapshot'));
