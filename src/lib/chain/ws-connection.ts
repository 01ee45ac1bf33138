import type { Socket } from 'node:net';
import { WebSocket } from 'ws';
import type { CliError } from '../errors.ts';
import {
  type Connection,
  connectionLost,
  nodeError,
  type RpcErrorObject,
  type SubscriptionCall,
  timedOut,
  unreachable,
} from './connection.ts';

const LARGEST_MESSAGE = 256 * 1024 * 1024;

interface Waiting {
  readonly method: string;
  resolve(result: unknown): void;
  reject(error: CliError): void;
  readonly timer: NodeJS.Timeout | undefined;
}

interface Subscription {
  onItem(item: unknown): void;
  onLost(error: CliError): void;
}

interface Message {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: RpcErrorObject;
  readonly params?: { readonly subscription: unknown; readonly result: unknown };
}

/** Another way to the node than its address: a socket on this machine. */
export interface Through {
  /** The endpoint's name for people. */
  readonly name: string;
  open(): Socket;
}

/** Opens a WebSocket to a node. @throws CliError NETWORK_UNREACHABLE, TIMEOUT. `timeout` in milliseconds, 0 for none. */
export function connectWebSocket(address: string, timeout: number, through?: Through): Promise<Connection> {
  const endpoint = through?.name ?? address;
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(address, {
      maxPayload: LARGEST_MESSAGE,
      perMessageDeflate: false,
      ...(through ? { createConnection: () => through.open() } : {}),
    });
    const timer =
      timeout > 0 ? setTimeout(() => fail(timedOut(endpoint, 'the connection', timeout)), timeout) : undefined;
    const fail = (error: CliError) => {
      clearTimeout(timer);
      socket.terminate();
      reject(error);
    };
    socket.once('error', (cause: NodeJS.ErrnoException) => fail(unreachable(endpoint, reasonOf(cause), cause)));
    socket.once('open', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      resolve(new WsConnection(endpoint, socket, timeout));
    });
  });
}

function reasonOf(cause: NodeJS.ErrnoException): string {
  const known: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nothing listens there',
    ENOTFOUND: 'the name is unknown',
    EAI_AGAIN: 'the name cannot be resolved now',
    ECONNRESET: 'it closed the connection',
    ETIMEDOUT: 'it does not answer',
    CERT_HAS_EXPIRED: 'its certificate has expired',
  };
  return (
    known[cause.code ?? ''] ??
    (cause.message.startsWith('Unexpected server response') ? 'it is not a WebSocket node' : 'the connection failed')
  );
}

class WsConnection implements Connection {
  readonly endpoint: string;
  private readonly socket: WebSocket;
  private readonly timeout: number;
  private nextId = 1;
  private readonly waiting = new Map<number, Waiting>();
  private readonly subscriptions = new Map<string, Subscription>();
  /** Notifications that came before the answer that names their subscription. */
  private readonly early = new Map<string, unknown[]>();
  private lost: CliError | undefined;

  constructor(endpoint: string, socket: WebSocket, timeout: number) {
    this.endpoint = endpoint;
    this.socket = socket;
    this.timeout = timeout;
    socket.on('message', (data) => this.receive(String(data)));
    socket.on('error', (cause) => this.drop(connectionLost(endpoint, cause)));
    socket.on('close', () => this.drop(connectionLost(endpoint)));
  }

  request<T = unknown>(method: string, params: readonly unknown[] = []): Promise<T> {
    if (this.lost) return Promise.reject(this.lost);
    const id = this.nextId++;
    return new Promise<T>((resolve, reject) => {
      const timer =
        this.timeout > 0
          ? setTimeout(() => {
              this.waiting.delete(id);
              reject(timedOut(this.endpoint, method, this.timeout));
            }, this.timeout)
          : undefined;
      this.waiting.set(id, { method, resolve: (result) => resolve(result as T), reject, timer });
      this.socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    });
  }

  async subscribe(
    call: SubscriptionCall,
    onItem: (item: unknown) => void,
    onLost: (error: CliError) => void,
  ): Promise<() => Promise<void>> {
    const id = String(await this.request(call.method, call.params));
    this.subscriptions.set(id, { onItem, onLost });
    for (const item of this.early.get(id) ?? []) onItem(item);
    this.early.delete(id);
    return async () => {
      if (!this.subscriptions.delete(id) || this.lost) return;
      await this.request(call.unsubscribe, [id]).catch(() => undefined);
    };
  }

  async close(): Promise<void> {
    if (this.lost) return;
    this.drop(connectionLost(this.endpoint), false);
    this.socket.close();
    const stuck = setTimeout(() => this.socket.terminate(), 1000);
    stuck.unref();
  }

  private receive(text: string): void {
    let message: Message;
    try {
      message = JSON.parse(text) as Message;
    } catch {
      this.drop(connectionLost(this.endpoint, new Error('the node sent something that is not JSON')));
      this.socket.terminate();
      return;
    }
    if (message.params !== undefined) this.notify(String(message.params.subscription), message.params.result);
    else if (typeof message.id === 'number') this.answer(message.id, message);
  }

  private notify(id: string, item: unknown): void {
    const subscription = this.subscriptions.get(id);
    if (subscription) subscription.onItem(item);
    else if (this.early.size < 64) this.early.set(id, [...(this.early.get(id) ?? []), item]);
  }

  private answer(id: number, { result, error }: Message): void {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    this.waiting.delete(id);
    clearTimeout(waiting.timer);
    if (error) waiting.reject(nodeError(waiting.method, error));
    else waiting.resolve(result);
  }

  private drop(error: CliError, tell = true): void {
    if (this.lost) return;
    this.lost = error;
    for (const { reject, timer } of this.waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.waiting.clear();
    if (tell) for (const { onLost } of this.subscriptions.values()) onLost(error);
    this.subscriptions.clear();
  }
}
