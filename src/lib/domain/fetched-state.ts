import type { Connection } from '../chain/connection.ts';
import type { Reader } from '../chain/reader.ts';
import { CliError } from '../errors.ts';
import type { StateReader } from '../localnet/pure.ts';

/** Values and keys that one request asks for. */
const PAGE = 1000;
/** Requests on the way at once. */
const AT_ONCE = 8;
/** Rounds after which the chain's state leads nowhere. */
const MOST_ROUNDS = 64;

/**
 * The state of one block as far as it was fetched. The chain's own code runs on it synchronously: what is not there yet is
 * noted and answered with nothing, and the run is repeated once it has been fetched.
 */
class FetchedState implements StateReader {
  private readonly values = new Map<string, Uint8Array | undefined>();
  private readonly prefixes = new Map<string, string[]>();
  private readonly lengths = new Set<number>();
  readonly wantedKeys = new Set<string>();
  readonly wantedPrefixes = new Set<string>();

  get(key: string): Uint8Array | undefined {
    if (!this.values.has(key) && !this.isListed(key)) this.wantedKeys.add(key);
    return this.values.get(key);
  }

  keys(prefix: string): string[] {
    const known = this.prefixes.get(prefix);
    if (!known) this.wantedPrefixes.add(prefix);
    return known ?? [];
  }

  put(key: string, value: Uint8Array | undefined): void {
    this.values.set(key, value);
    this.wantedKeys.delete(key);
  }

  list(prefix: string, keys: string[]): void {
    this.prefixes.set(prefix, keys);
    this.lengths.add(prefix.length);
    this.wantedPrefixes.delete(prefix);
  }

  /** A key below a prefix whose keys are all known needs no look: it is there or it is not. */
  private isListed(key: string): boolean {
    for (const length of this.lengths) if (this.prefixes.has(key.slice(0, length))) return true;
    return false;
  }
}

/** Runs the chain's pure code on the state of the reader's block, fetching what it reads. @throws CliError */
export async function computeOnState<T>(
  reader: Pick<Reader, 'connection' | 'at'>,
  compute: (state: StateReader) => T,
): Promise<T> {
  const state = new FetchedState();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let outcome: { readonly value: T } | { readonly thrown: unknown };
    try {
      outcome = { value: compute(state) };
    } catch (thrown) {
      outcome = { thrown };
    }
    if (state.wantedKeys.size + state.wantedPrefixes.size === 0) {
      if ('thrown' in outcome) throw outcome.thrown;
      return outcome.value;
    }
    await fetchWanted(reader, state);
  }
  throw new Error(`the state was not complete after ${MOST_ROUNDS} rounds`);
}

async function fetchWanted({ connection, at }: Pick<Reader, 'connection' | 'at'>, state: FetchedState): Promise<void> {
  const prefixes = [...state.wantedPrefixes];
  const listed = await inTurn(prefixes, (prefix) => keysBelow(connection, prefix, at));
  for (const [index, prefix] of prefixes.entries()) {
    const keys = listed[index]!;
    for (const key of keys) state.wantedKeys.add(key);
    state.list(prefix, keys);
  }
  const keys = [...state.wantedKeys];
  for (const [key, value] of await valuesOf(connection, keys, at)) state.put(key, value);
}

/** Every key below a hex prefix, without 0x, ascending. */
export async function keysBelow(connection: Connection, prefix: string, at: string): Promise<string[]> {
  const found: string[] = [];
  let last: string | null = null;
  for (;;) {
    const page: string[] = await asking(connection.request('state_getKeysPaged', [`0x${prefix}`, PAGE, last, at]));
    for (const key of page) found.push(key.slice(2));
    if (page.length < PAGE) return found;
    last = page.at(-1)!;
  }
}

/** The values of keys without 0x; undefined where there is none. */
export async function valuesOf(
  connection: Connection,
  keys: readonly string[],
  at: string,
): Promise<[key: string, value: Uint8Array | undefined][]> {
  const pages: (readonly string[])[] = [];
  for (let from = 0; from < keys.length; from += PAGE) pages.push(keys.slice(from, from + PAGE));
  const answers = await inTurn(pages, async (page) => {
    const sets = await asking(
      connection.request<{ readonly changes: readonly (readonly [string, string | null])[] }[]>(
        'state_queryStorageAt',
        [page.map((key) => `0x${key}`), at],
      ),
    );
    const found = new Map(sets.flatMap(({ changes }) => changes));
    return page.map((key): [string, Uint8Array | undefined] => {
      const hex = found.get(`0x${key}`);
      return [key, hex == null ? undefined : Uint8Array.from(Buffer.from(hex.slice(2), 'hex'))];
    });
  });
  return answers.flat();
}

/** Runs over the items in order, a few at a time. */
async function inTurn<A, B>(items: readonly A[], ask: (item: A) => Promise<B>): Promise<B[]> {
  const results: B[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(ask))));
  }
  return results;
}

/** A node that keeps only recent states says so in many words; a person needs the way out. */
async function asking<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (!(error instanceof CliError) || !isDiscarded(error)) throw error;
    throw new CliError('NODE_ERROR', 'The node does not keep the state of that block any more.', {
      hints: [
        'A node with the whole history has it: --network archive for finney, or the address of an archive node.',
        'On the local chain, whose history begins where it was made, wait for the next epoch: `btcli-ts localnet advance --epochs 1`.',
      ],
      data: { ...error.data, discarded: true },
      cause: error,
    });
  }
}

const isDiscarded = ({ message }: CliError): boolean =>
  /discarded|pruned|unknown ?block|header was not found/i.test(message);
