import { CliError } from '../errors.ts';

/** A JSON-RPC line to a node, remote or in process. One client path uses it; nothing else talks to a node. */
export interface Connection {
  /** For people: an address, or `local (embedded)`. */
  readonly endpoint: string;
  /** @throws CliError NODE_ERROR when the node answers with an error, CONNECTION_LOST, TIMEOUT */
  request<T = unknown>(method: string, params?: readonly unknown[]): Promise<T>;
  /** Returns what ends the subscription. `onItem` gets each notification, `onLost` the end of the connection. */
  subscribe(
    call: SubscriptionCall,
    onItem: (item: unknown) => void,
    onLost: (error: CliError) => void,
  ): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

export interface SubscriptionCall {
  readonly method: string;
  readonly unsubscribe: string;
  readonly params?: readonly unknown[];
}

/** What a node says in a JSON-RPC error. */
export interface RpcErrorObject {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

const MOST_OF_A_MESSAGE = 300;

/** The node's own words, short and on one line: they come from outside. */
export function nodeError(method: string, error: RpcErrorObject): CliError {
  const said = [error.message, typeof error.data === 'string' ? error.data : undefined].filter(Boolean).join(': ');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a node must not reach the terminal with control characters
  const clean = said.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').slice(0, MOST_OF_A_MESSAGE);
  return new CliError('NODE_ERROR', `The node refused ${method}: ${clean || `error ${error.code}`}.`, {
    hints: ['Is the node in sync, and does it serve this method?'],
    data: { method, rpcCode: error.code, rpcMessage: clean },
  });
}

export function connectionLost(endpoint: string, cause?: unknown): CliError {
  return new CliError('CONNECTION_LOST', `The connection to ${endpoint} was lost.`, {
    hints: ['Try again; --network chooses another node.'],
    data: { endpoint },
    cause,
  });
}

export function unreachable(endpoint: string, reason: string, cause?: unknown): CliError {
  return new CliError('NETWORK_UNREACHABLE', `${endpoint} cannot be reached: ${reason}.`, {
    hints: ['Check the address and your connection; `btcli-ts localnet start` gives you a local node.'],
    data: { endpoint, reason },
    cause,
  });
}

export function timedOut(endpoint: string, what: string, milliseconds: number): CliError {
  return new CliError('TIMEOUT', `${endpoint} did not answer ${what} within ${milliseconds / 1000} s.`, {
    hints: ['--timeout allows more time.'],
    data: { endpoint, what, milliseconds },
  });
}
