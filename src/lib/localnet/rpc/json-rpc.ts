import type { Engine } from '../node/engine.ts';
import { StoreError } from '../node/store/store-error.ts';
import { CODES, RpcError } from './rpc-error.ts';
import type { Session } from './session.ts';
import type { RpcTable } from './table.ts';

/** What answers JSON-RPC messages. */
export interface RpcServer {
  readonly engine: Engine;
  readonly table: RpcTable;
  /** Hears of faults behind internal errors. */
  readonly onFault: (error: unknown) => void;
}

export interface MessageOptions {
  /** Whether the connection can carry subscriptions; HTTP cannot. */
  readonly subscriptions: boolean;
}

type Id = string | number | null;
type Answer = { readonly jsonrpc: '2.0'; readonly id: Id } & (
  | { readonly result: unknown }
  | { readonly error: { readonly code: number; readonly message: string; readonly data?: unknown } }
);

/** Longest message in either direction, as a real node's default and some more for unpaged reads. */
export const LONGEST_REQUEST = 15 << 20;
const LONGEST_RESPONSE = 128 << 20;
const LONGEST_BATCH = 1000;

const failure = (id: Id, { code, message, data }: RpcError): Answer => ({
  jsonrpc: '2.0',
  id,
  error: data === undefined ? { code, message } : { code, message, data },
});

const invalidRequest = (id: Id = null): Answer => failure(id, new RpcError(CODES.invalidRequest, 'Invalid request'));

/**
 * Answers one message, a request or a batch, as text; undefined when nothing is to be answered (notifications).
 * Never throws: whatever a message holds ends in an answer.
 */
export async function answerMessage(
  server: RpcServer,
  session: Session,
  text: string,
  options: MessageOptions,
): Promise<string | undefined> {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return JSON.stringify(failure(null, new RpcError(CODES.parseError, 'Parse error')));
  }
  if (!Array.isArray(message)) {
    const answer = await answerOne(server, session, message, options);
    return answer && serialized(answer);
  }
  if (message.length === 0) return JSON.stringify(invalidRequest());
  if (message.length > LONGEST_BATCH) {
    const tooBig = new RpcError(
      CODES.batchTooBig,
      'The batch request was too large',
      `Exceeded max limit of ${LONGEST_BATCH}`,
    );
    return JSON.stringify(failure(null, tooBig));
  }
  const answers: string[] = [];
  let length = 2;
  for (const one of message) {
    const answer = await answerOne(server, session, one, options);
    if (!answer) continue;
    const part = serialized(answer);
    length += part.length + 1;
    if (length > LONGEST_RESPONSE) {
      return JSON.stringify(failure(null, new RpcError(CODES.responseTooBig, 'The batch response was too large')));
    }
    answers.push(part);
  }
  return answers.length === 0 ? undefined : `[${answers.join(',')}]`;
}

function serialized(answer: Answer): string {
  let text: string;
  try {
    text = JSON.stringify(answer);
  } catch {
    // Longer than a string can be.
    text = '';
  }
  if (text !== '' && text.length <= LONGEST_RESPONSE) return text;
  const error = new RpcError(CODES.responseTooBig, 'Response is too big', `Exceeded max limit of ${LONGEST_RESPONSE}`);
  return JSON.stringify(failure(answer.id, error));
}

interface Request {
  readonly id?: unknown;
  readonly jsonrpc?: unknown;
  readonly method?: unknown;
  readonly params?: unknown;
}

const isId = (id: unknown): id is Id => id === null || typeof id === 'string' || typeof id === 'number';

async function answerOne(
  server: RpcServer,
  session: Session,
  message: unknown,
  options: MessageOptions,
): Promise<Answer | undefined> {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return invalidRequest();
  const { id, jsonrpc, method, params } = message as Request;
  const isNotification = !Object.hasOwn(message, 'id');
  if (!isNotification && !isId(id)) return invalidRequest();
  const known: Id = isNotification ? null : (id as Id);
  const wellFormed =
    jsonrpc === '2.0' &&
    typeof method === 'string' &&
    (params === undefined || params === null || typeof params === 'object');
  if (!wellFormed) return invalidRequest(known);
  try {
    const result = await callMethod(server, session, method, params, options);
    return isNotification ? undefined : { jsonrpc: '2.0', id: known, result: result ?? null };
  } catch (error) {
    return isNotification ? undefined : failure(known, toRpcError(server, error));
  }
}

/** Calls a method by name. @throws RpcError, or what the method throws */
export async function callMethod(
  { engine, table }: Pick<RpcServer, 'engine' | 'table'>,
  session: Session,
  name: string,
  params: unknown,
  { subscriptions }: MessageOptions,
): Promise<unknown> {
  const method = table.get(name);
  if (!method) throw new RpcError(CODES.methodNotFound, 'Method not found');
  if (method.subscribes && !subscriptions) {
    throw new RpcError(CODES.methodNotFound, 'Method not found', `${name} needs a WebSocket connection`);
  }
  if (method.prepares) await engine.prepare();
  return method.call(params, { engine, session });
}

/** What the other side hears of an error: faults of ours are reported, not shown. */
export function toRpcError({ onFault }: Pick<RpcServer, 'onFault'>, error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  onFault(error);
  // The disk's troubles are nobody's secret, and the caller can do something about them.
  const said =
    error instanceof StoreError
      ? `${error.code}: ${error.message}`
      : error instanceof Error
        ? error.message
        : undefined;
  return new RpcError(CODES.internalError, 'Internal error', said, error);
}
