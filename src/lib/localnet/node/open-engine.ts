import { blake2_256 } from '../frame/hashing.ts';
import type { VerifySignature } from '../frame/multi-signature.ts';
import type { Params } from '../frame/params.ts';
import { type GenesisConfig, genesisHeader, genesisState, localnetGenesis } from '../runtime/genesis.ts';
import { Header } from '../runtime/header.ts';
import { type Hex, toHex } from '../scale/bytes.ts';
import { encode } from '../scale/type.ts';
import type { Pair } from '../trie/change.ts';
import { stateRoot } from '../trie/state-root.ts';
import { BlockTools } from './block-tools.ts';
import { DIGEST_ORIGIN, DigestRoots, digestOf } from './digest-roots.ts';
import { Engine } from './engine.ts';
import { NodeError } from './node-error.ts';
import { NodeRuntime } from './node-runtime.ts';
import type { Sealing } from './sealing.ts';
import type { StateRoots } from './state-roots.ts';
import type { ChainExport } from './store/chain-export.ts';
import type { BlockCommit, ChainMeta, ChainStore, Json, RootMode } from './store/chain-store.ts';
import { importLmdbStore, openLmdbStore } from './store/lmdb-store.ts';
import { MemoryStore } from './store/memory-store.ts';
import { StoreError } from './store/store-error.ts';
import type { LogFile } from './store/write-ahead-log.ts';
import { TrieRoots } from './trie-roots.ts';

export type Preset = 'subtensor' | 'playground';

/** What a new chain begins with. */
export interface Genesis {
  readonly preset: Preset;
  readonly rootMode: RootMode;
  readonly params: Params;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Balances, authorities and the rest; default: the chain's own local specification. */
  readonly config?: GenesisConfig | undefined;
}

/** Where the chain comes from when there is none yet: a genesis state, or a chain that was exported. */
export type ChainSource =
  | { readonly type: 'genesis'; readonly genesis: Genesis }
  | { readonly type: 'snapshot'; readonly data: ChainExport };

export interface OpenEngineOptions {
  /** Data directory of the chain; undefined: in memory. Whoever opens it must own it (`store/lock.ts`). */
  readonly directory?: string | undefined;
  /** Asked only when the directory holds no chain. */
  readonly source: () => ChainSource | Promise<ChainSource>;
  /** Default: instant. */
  readonly sealing?: Sealing | undefined;
  /** Waits for the disk at each block. */
  readonly durable?: boolean | undefined;
  /** File operations of the store, for tests of failing disks. */
  readonly logFile?: LogFile | undefined;
  /** States of how many blocks can be read; blocks themselves are kept for good. Default: 65,536, some 700 MB of the playground. */
  readonly keepStates?: number | undefined;
  /** False: what transactions and blocks need is loaded by `Engine.prepare`, which must come before the first of either. */
  readonly prepared?: boolean | undefined;
  readonly onFault?: ((error: unknown) => void) | undefined;
}

/** 1 January 2026, the time of block 0 unless said otherwise: fixed, so that equal inputs give equal chains. */
export const DEFAULT_GENESIS_TIME = Date.UTC(2026, 0, 1);

const KEPT_STATES = 65_536;

/** Opens a chain, or makes it. @throws StoreError, NodeError */
export async function openEngine(options: OpenEngineOptions): Promise<Engine> {
  const tools = new BlockTools();
  const { verifySignature, beacon } = tools;
  const store = await openStore(options, verifySignature);
  try {
    if (options.prepared ?? true) await tools.load();
    const { fast, genesisTime } = chainParameters(store.meta);
    let roots: StateRoots | undefined;
    const rootOf: StateRoots['rootOf'] = (x, intermediate) => roots!.rootOf(x, intermediate);
    const engine = new Engine({
      store,
      runtime: new NodeRuntime({ fast }, { rootOf, verifySignature }),
      genesisTime: BigInt(genesisTime),
      beacon,
      keepStates: options.keepStates ?? KEPT_STATES,
      prepare: () => (tools.areLoaded ? undefined : tools.load()),
      rootsAtHead: () => rootsAt(store),
      useRoots: (next) => {
        roots = next;
      },
      onFault: options.onFault ?? (() => {}),
    });
    engine.seal(options.sealing ?? { mode: 'instant' });
    return engine;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** What the node keeps with a chain. @throws NodeError `different-chain` */
export function chainParameters({ parameters }: ChainMeta): { readonly fast: boolean; readonly genesisTime: number } {
  const { fast, genesisTime } = parameters;
  if (typeof fast !== 'boolean' || typeof genesisTime !== 'number') {
    throw new NodeError('different-chain', 'the data directory holds a chain that this program did not make');
  }
  return { fast, genesisTime };
}

function rootsAt(store: ChainStore): StateRoots {
  if (store.meta.rootMode === 'trie') return new TrieRoots(() => store.entries());
  return new DigestRoots(stateRootOfHead(store));
}

function stateRootOfHead(store: ChainStore): Hex {
  const { header } = store.block(store.head!.number)!;
  // Parent hash, compact number, then the root: read where it stands, so that opening a chain decodes nothing.
  const compact = [1, 2, 4, 5][header[32]! & 3]!;
  return toHex(header.subarray(32 + compact, 64 + compact));
}

async function openStore(
  { directory, source, durable, logFile }: OpenEngineOptions,
  verifySignature: VerifySignature,
): Promise<ChainStore> {
  const settings = { durable: durable ?? false, logFile };
  if (directory !== undefined) {
    try {
      const store = await openLmdbStore(directory, settings);
      if (store.head !== undefined) return store;
      await store.close();
      throw new StoreError('corrupt', 'the chain in the directory has no block', { path: directory });
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'not-found') throw error;
    }
  }
  const from = await source();
  if (from.type === 'snapshot') {
    return directory === undefined ? MemoryStore.from(from.data) : importLmdbStore(directory, from.data, settings);
  }
  const { genesis } = from;
  const state = stateOfGenesis(genesis, verifySignature);
  const block = genesisBlock(state, genesis.rootMode);
  const meta = metaOf(genesis, block.hash);
  if (directory === undefined) {
    const store = new MemoryStore(meta);
    store.commit(block);
    return store;
  }
  // One step: a process that dies here leaves no chain rather than an empty one.
  const { number, hash, header, body } = block;
  const blocks = [{ number, hash, header, body }];
  return importLmdbStore(directory, { meta, finalized: 0, historyStart: 0, state, blocks, reverseDiffs: [] }, settings);
}

function stateOfGenesis(genesis: Genesis, verifySignature: VerifySignature): readonly Pair[] {
  const { params, rootMode, config } = genesis;
  const roots: StateRoots = rootMode === 'trie' ? new TrieRoots(() => []) : new DigestRoots(DIGEST_ORIGIN);
  const runtime = new NodeRuntime(params, { rootOf: (x) => roots.rootOf(x, false), verifySignature });
  const changes = genesisState(runtime.runtime, config ?? localnetGenesis(params, runtime.codeSubstitute()));
  return changes.map(([key, value]): Pair => [key, value!]);
}

function metaOf({ preset, rootMode, params, time }: Genesis, genesisHash: Hex): ChainMeta {
  const parameters: Record<string, Json> = { fast: params.fast, genesisTime: time };
  return { genesisHash, preset, rootMode, parameters };
}

/** Block 0: the genesis state under a header without parent and extrinsics. */
function genesisBlock(state: readonly Pair[], rootMode: RootMode): BlockCommit {
  const root = rootMode === 'trie' ? toHex(stateRoot(state)) : digestOf(DIGEST_ORIGIN, state);
  const header = encode(Header, genesisHeader(root));
  return { number: 0, hash: toHex(blake2_256(header)), header, body: [], changes: state };
}
