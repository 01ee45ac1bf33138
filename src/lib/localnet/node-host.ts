import type { Socket } from 'node:net';
import type { Engine } from './node/engine.ts';
import { NodeError } from './node/node-error.ts';
import { chainParameters, type OpenEngineOptions, openEngine, type Preset } from './node/open-engine.ts';
import { presetSource } from './node/presets.ts';
import type { Owned } from './node/store/lock.ts';
import { StoreError } from './node/store/store-error.ts';
import { connectInProcess, type InProcessClient } from './rpc/in-process.ts';
import type { RpcServer } from './rpc/json-rpc.ts';
import { createRpcTable, type HostControl } from './rpc/table.ts';
import type { NodeServer, ServeOptions } from './server.ts';
import { isLoopback } from './server-access.ts';

export interface HostOptions
  extends Pick<OpenEngineOptions, 'directory' | 'sealing' | 'durable' | 'logFile' | 'prepared'> {
  /** The ownership of the directory; the host gives it up when it closes. */
  readonly owned?: Owned | undefined;
  /**
   * Preset and speed of a new chain; an existing one must be of these where they are given. Default: normal speed, the
   * playground where its snapshot is given, else `subtensor`.
   */
  readonly preset?: Preset | undefined;
  readonly fast?: boolean | undefined;
  readonly playgroundSnapshot?: (() => Uint8Array | Promise<Uint8Array>) | undefined;
  /** Of this program. */
  readonly version: string;
  /** Somebody asks over RPC to end the node; without it nobody can. */
  readonly onStop?: (() => void) | undefined;
  /** Hears of faults that did not end the node. */
  readonly onFault?: ((error: unknown) => void) | undefined;
  /** Hears that blocks cannot be stored: no transaction will enter a block until the cause is gone. */
  readonly onStoreFailure?: ((error: StoreError) => void) | undefined;
}

/** A running node with its doors: in process, over the data directory's socket, over a port. */
export class NodeHost {
  readonly engine: Engine;
  private readonly options: HostOptions;
  private readonly rpc: RpcServer;
  private readonly clients = new Set<InProcessClient>();
  private readonly servers: NodeServer[] = [];
  private readonly endpoints: string[] = [];
  /** Other processes on the directory's socket, those included that have not said anything yet. */
  private readonly visitors = new Set<Socket>();
  private readonly control: HostControl | undefined;
  private door: Promise<NodeServer> | undefined;
  private closing: Promise<void> | undefined;
  /** Nobody is waited for any more. */
  private leaving = false;

  /** @throws StoreError, NodeError; the directory's ownership is given up then. */
  static async open(options: HostOptions): Promise<NodeHost> {
    const { preset, fast, playgroundSnapshot } = options;
    const onFault = (error: unknown): void => {
      options.onFault?.(error);
      if (!(error instanceof StoreError)) return;
      // Whoever waits for a block learns that there will be none.
      engine?.pool.clear();
      options.onStoreFailure?.(error);
    };
    let engine: Engine | undefined;
    try {
      engine = await openEngine({
        ...options,
        onFault,
        source: () =>
          presetSource({
            preset: preset ?? (playgroundSnapshot ? 'playground' : 'subtensor'),
            params: { fast: fast ?? false },
            playgroundSnapshot,
          }),
      });
      checkChain(engine, options);
      return new NodeHost(engine, options, onFault);
    } catch (error) {
      await engine?.close();
      await options.owned?.release();
      throw error;
    }
  }

  private constructor(engine: Engine, options: HostOptions, onFault: (error: unknown) => void) {
    this.engine = engine;
    this.options = options;
    const { onStop, version } = options;
    // The answer leaves before the door closes.
    this.control = onStop && { stop: () => setImmediate(onStop), endpoints: () => this.endpoints };
    this.rpc = { engine, table: createRpcTable(engine, { version, dev: true, host: this.control }), onFault };
    options.owned?.onConnection((socket) => this.receive(socket));
  }

  private receive(socket: Socket): void {
    this.visitors.add(socket);
    socket.once('close', () => this.visitors.delete(socket));
    this.door ??= this.openServer(this.rpc);
    this.door.then((server) => {
      // Who comes too late must find that out before asking anything: it then opens the chain itself.
      if (this.leaving) socket.destroy();
      else server.accept(socket);
    }, this.rpc.onFault);
  }

  /** A client in this process. */
  connect(): InProcessClient {
    const client = connectInProcess(this.rpc);
    this.clients.add(client);
    return client;
  }

  /**
   * Opens a port. Only a port that this machine alone can reach serves the `dev_` methods.
   * @throws NodeError `port-in-use`, `address-unavailable`
   */
  async listen(options: ServeOptions): Promise<{ readonly port: number; readonly host: string }> {
    const dev = options.host === undefined || isLoopback(options.host);
    const { engine, onFault } = this.rpc;
    const table = dev ? this.rpc.table : createRpcTable(engine, { version: this.options.version, dev });
    const server = await this.openServer({ engine, table, onFault });
    const bound = await server.listen(options);
    const host = bound.host.includes(':') ? `[${bound.host}]` : bound.host;
    this.endpoints.push(`ws://${host}:${bound.port}`);
    return bound;
  }

  /** Connections from outside this process. */
  get connections(): number {
    return this.servers.reduce((sum, server) => sum + server.connections, 0);
  }

  /**
   * Ends the node: waits up to `drainMs` for clients of other processes to finish, then closes doors, chain and
   * ownership in this order.
   */
  close(drainMs = 0): Promise<void> {
    this.closing ??= this.shutDown(drainMs);
    return this.closing;
  }

  private async shutDown(drainMs: number): Promise<void> {
    for (const client of this.clients) client.close();
    const deadline = Date.now() + drainMs;
    while (this.connections + this.visitors.size > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    this.leaving = true;
    await Promise.all(this.servers.map((server) => server.close()));
    try {
      await this.engine.close();
    } finally {
      await this.options.owned?.release();
    }
  }

  /** Loaded only when somebody comes: an embedded node that nobody attaches to needs no server. */
  private async openServer(rpc: RpcServer): Promise<NodeServer> {
    const { NodeServer } = await import('./server.ts');
    const server = new NodeServer(rpc);
    this.servers.push(server);
    return server;
  }
}

function checkChain({ store }: Engine, { preset, fast }: HostOptions): void {
  const found = { preset: store.meta.preset, fast: chainParameters(store.meta).fast };
  if ((preset ?? found.preset) === found.preset && (fast ?? found.fast) === found.fast) return;
  throw new NodeError(
    'different-chain',
    `the data directory holds the preset ${found.preset} with ${found.fast ? 'fast' : 'normal'} blocks`,
    { data: { found, asked: { preset, fast } } },
  );
}
