import { setTimeout as sleep } from 'node:timers/promises';
import { CliError } from '../errors.ts';
import type { WaitFor } from '../settings.ts';
import { type ExtrinsicOutcome, outcomeIn } from './block-events.ts';
import type { ChainClient } from './client.ts';
import { timedOut } from './connection.ts';
import { customRefusal } from './custom-errors.ts';
import type { SignedExtrinsic } from './polkadot.ts';

/** Not a status of a node: it has gone, and is being looked for. */
export const CONNECTION_LOST = 'connectionLost';

export interface WatchOptions {
  readonly wait: WaitFor;
  /** Milliseconds, 0 for ever. */
  readonly timeout: number;
  /** Last block in which the extrinsic may still be included; undefined: any. */
  readonly validUntil: number | undefined;
  /** The newest block when it was built: where a search begins. */
  readonly builtAt: number;
  readonly signal?: AbortSignal;
  /** Told of every status, and of `CONNECTION_LOST` when a search for the extrinsic begins, for progress. */
  readonly onStatus?: (status: string) => void;
}

type Status = string | Readonly<Record<string, unknown>>;

const REFUSALS: Readonly<Record<string, string>> = {
  invalid: 'The chain calls the extrinsic invalid.',
  dropped: 'The node dropped the extrinsic from its pool.',
  usurped: 'Another extrinsic of the account with the same nonce took its place.',
};
const FURTHEST_SEARCH = 256;

/** Sends an extrinsic and follows it. Undefined with `wait: 'none'`, where nothing is known but that the node took it. */
export async function submitAndWatch(
  client: ChainClient,
  extrinsic: SignedExtrinsic,
  options: WatchOptions,
): Promise<ExtrinsicOutcome | undefined> {
  if (options.wait === 'none') {
    await client.connection.request('author_submitExtrinsic', [extrinsic.hex]).catch(poolRefusal);
    return undefined;
  }
  const deadline = options.timeout > 0 ? Date.now() + options.timeout : Number.POSITIVE_INFINITY;
  let blockHash: string;
  try {
    blockHash = await followOnce(client, extrinsic, options, deadline);
  } catch (error) {
    if (!(error instanceof CliError) || error.code !== 'CONNECTION_LOST') throw error;
    return findAfterLoss(client, extrinsic, options, deadline, error);
  }
  const outcome = await outcomeIn(client.connection, client.codecs, blockHash, extrinsic.hex);
  if (!outcome)
    throw new CliError('NODE_ERROR', `The node says that ${blockHash} holds the extrinsic, but it does not.`, {
      data: { blockHash, extrinsicHash: extrinsic.hash },
    });
  return outcome;
}

/** Resolves with the block's hash once the wanted status is reached. */
function followOnce(
  client: ChainClient,
  extrinsic: SignedExtrinsic,
  options: WatchOptions,
  deadline: number,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let stop: (() => Promise<void>) | undefined;
    let done = false;
    const timer =
      deadline === Number.POSITIVE_INFINITY
        ? undefined
        : setTimeout(
            () => finish(() => reject(unfinished(client, extrinsic, options))),
            Math.max(0, deadline - Date.now()),
          );
    const onAbort = () =>
      finish(() =>
        reject(
          new CliError('INTERRUPTED', 'Interrupted while waiting for the chain.', {
            data: { extrinsicHash: extrinsic.hash },
          }),
        ),
      );
    const finish = (settle: () => void) => {
      if (done) return;
      done = true;
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
      void stop?.();
      settle();
    };
    options.signal?.addEventListener('abort', onAbort, { once: true });
    client.connection
      .subscribe(
        { method: 'author_submitAndWatchExtrinsic', unsubscribe: 'author_unwatchExtrinsic', params: [extrinsic.hex] },
        (item) => {
          const status = item as Status;
          const name = typeof status === 'string' ? status : Object.keys(status)[0]!;
          options.onStatus?.(name);
          const refusal = REFUSALS[name];
          if (refusal) finish(() => reject(rejected(refusal, { status: name, extrinsicHash: extrinsic.hash })));
          else if ((name === 'inBlock' && options.wait === 'in-block') || name === 'finalized') {
            finish(() => resolve(String((status as Readonly<Record<string, unknown>>)[name])));
          }
        },
        (error) => finish(() => reject(error)),
      )
      .then((unsubscribe) => {
        stop = unsubscribe;
        if (done) void unsubscribe();
      })
      .catch((error) => finish(() => reject(asPoolRefusal(error))));
  });
}

/** After a lost connection: was the extrinsic included before or after? Says so only when it is certain. */
async function findAfterLoss(
  client: ChainClient,
  extrinsic: SignedExtrinsic,
  options: WatchOptions,
  deadline: number,
  lost: CliError,
): Promise<ExtrinsicOutcome> {
  let next = options.builtAt + 1;
  options.onStatus?.(CONNECTION_LOST);
  for (;;) {
    try {
      await client.reconnect();
      for (;;) {
        const head = await client.head();
        const last = Math.min(head.number, options.validUntil ?? options.builtAt + FURTHEST_SEARCH);
        for (; next <= last; next++) {
          const hash = await client.connection.request<string | null>('chain_getBlockHash', [next]);
          const outcome = hash ? await outcomeIn(client.connection, client.codecs, hash, extrinsic.hex) : undefined;
          if (outcome) return outcome;
        }
        if (options.validUntil !== undefined && head.number > options.validUntil) {
          throw rejected(
            'The connection was lost, and the extrinsic was not included while it was valid. Nothing happened.',
            {
              extrinsicHash: extrinsic.hash,
              included: false,
            },
          );
        }
        await pause(deadline, lost, options);
      }
    } catch (error) {
      if (error instanceof CliError && !['CONNECTION_LOST', 'NETWORK_UNREACHABLE'].includes(error.code)) throw error;
      if (!(error instanceof CliError)) throw error;
      await pause(deadline, uncertain(extrinsic, options, lost), options);
    }
  }
}

async function pause(deadline: number, error: CliError, { signal }: WatchOptions): Promise<void> {
  if (Date.now() + 500 > deadline || signal?.aborted) throw error;
  await sleep(500, undefined, signal ? { signal } : {}).catch(() => {
    throw error;
  });
}

function uncertain(extrinsic: SignedExtrinsic, { validUntil }: WatchOptions, cause: CliError): CliError {
  return new CliError(
    'CONNECTION_LOST',
    'The connection was lost after the extrinsic was sent, and it is not known whether it was included.',
    {
      hints: [
        validUntil === undefined
          ? 'It stays valid: check the account before you send it again.'
          : `It can be included until block ${validUntil}: check the account before you send it again.`,
        `Its hash is ${extrinsic.hash}.`,
      ],
      data: { extrinsicHash: extrinsic.hash, validUntil, included: 'unknown' },
      cause,
    },
  );
}

function unfinished(
  client: ChainClient,
  extrinsic: SignedExtrinsic,
  { timeout, wait, validUntil }: WatchOptions,
): CliError {
  const error = timedOut(
    client.connection.endpoint,
    `whether the extrinsic is ${wait === 'finalized' ? 'finalized' : 'in a block'}`,
    timeout,
  );
  return new CliError(
    'TIMEOUT',
    `${error.message} It was sent and may still be included${validUntil === undefined ? '' : ` until block ${validUntil}`}.`,
    {
      hints: ['Check the account before you send it again.', ...error.hints],
      data: { extrinsicHash: extrinsic.hash, validUntil },
    },
  );
}

function rejected(message: string, data: Record<string, unknown>): CliError {
  return new CliError('CHAIN_REJECTED', message, { hints: ['Nothing was changed on the chain. Try again.'], data });
}

/** Pool error of Substrate's RPC: another transaction of the account with this nonce is in the pool. */
const PRIORITY_TOO_LOW = 1014;

/** Whether the pool refused an extrinsic because another one of the account has its nonce, included or waiting. */
export function isNonceTaken(error: unknown): boolean {
  if (!(error instanceof CliError) || error.code !== 'CHAIN_REJECTED') return false;
  const { rpcCode, rpcMessage } = error.data;
  return rpcCode === PRIORITY_TOO_LOW || (rpcCode !== undefined && STALE.test(String(rpcMessage)));
}

const STALE = /stale|outdated/i;

/** Names the pool's refusals (JSON-RPC 1010 and neighbours) as the chain's rejection. */
function asPoolRefusal(error: unknown): unknown {
  if (!(error instanceof CliError) || error.code !== 'NODE_ERROR') return error;
  const code = Number(error.data.rpcCode);
  if (code < 1000 || code > 1999) return error;
  const said = String(error.data.rpcMessage);
  const custom = customRefusal(said);
  return new CliError('CHAIN_REJECTED', `The chain does not take the extrinsic: ${custom?.name ?? said}.`, {
    hints: custom?.hint === undefined ? poolHints(said) : [custom.hint],
    data: custom ? { ...error.data, error: custom.name } : error.data,
    cause: error,
  });
}

function poolRefusal(error: unknown): never {
  throw asPoolRefusal(error);
}

function poolHints(said: string): string[] {
  if (/pay some fees/i.test(said)) return ['The account cannot pay the fee: fund it first.'];
  if (STALE.test(said)) return ['Another transaction of this account was included in between: try again.'];
  if (/priority is too low/i.test(said))
    return ['Another transaction of this account is waiting: let it finish, then try again.'];
  if (/lookup/i.test(said)) {
    return ['This runtime cannot check the hash of its metadata: --no-metadata-check signs without.'];
  }
  return ['Nothing was changed on the chain.'];
}
