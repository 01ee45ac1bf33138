import {
  connectInProcess,
  createRpcTable,
  type Engine,
  type InProcessClient,
  openEngine,
  presetSource,
  type RpcServer,
  type Sealing,
} from '../../src/lib/localnet/index.ts';
import { NodeServer } from '../../src/lib/localnet/server.ts';

export interface LocalNodeOptions {
  readonly sealing?: Sealing;
  readonly fast?: boolean;
  readonly dev?: boolean;
  readonly directory?: string;
}

/** A node on the preset `subtensor`. Faults that nobody expected are collected. */
export interface LocalNode {
  readonly engine: Engine;
  readonly rpc: RpcServer;
  readonly client: InProcessClient;
  readonly faults: unknown[];
  /** Opens a port and answers its number. */
  serve(): Promise<number>;
  close(): Promise<void>;
}

export async function startLocalNode(options: LocalNodeOptions = {}): Promise<LocalNode> {
  const faults: unknown[] = [];
  const onFault = (error: unknown) => faults.push(error);
  const engine = await openEngine({
    directory: options.directory,
    source: () => presetSource({ preset: 'subtensor', params: { fast: options.fast ?? false } }),
    sealing: options.sealing ?? { mode: 'instant' },
    onFault,
  });
  const table = createRpcTable(engine, { version: '0.0.0', dev: options.dev ?? true });
  const rpc: RpcServer = { engine, table, onFault };
  const client = connectInProcess(rpc);
  const servers: NodeServer[] = [];
  return {
    engine,
    rpc,
    client,
    faults,
    serve: async () => {
      const server = new NodeServer(rpc);
      servers.push(server);
      return (await server.listen({ port: 0 })).port;
    },
    close: async () => {
      client.close();
      await Promise.all(servers.map((server) => server.close()));
      await engine.close();
    },
  };
}
