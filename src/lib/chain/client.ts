import { CliError } from '../errors.ts';
import { type Codecs, createCodecs } from './codecs.ts';
import type { Connection } from './connection.ts';
import { type DecodedMetadata, loadDecodedMetadata } from './decoded-metadata.ts';
import { forgetMetadata, loadMetadata } from './metadata-cache.ts';
import { REMOTE_NETWORKS } from './networks.ts';
import type { ExtrinsicBuilder } from './polkadot.ts';
import { Reader } from './reader.ts';

/** What a runtime says of itself; addresses and signatures depend on it. */
export interface RuntimeVersion {
  readonly specName: string;
  readonly specVersion: number;
  readonly transactionVersion: number;
}

/** How the chain shows amounts and addresses. */
const TOKEN = { decimals: 9, tokenSymbol: 'TAO', base58Prefix: 42 };

const KNOWN_GENESIS = Object.values(REMOTE_NETWORKS).map(({ genesisHash }) => genesisHash);

export interface ClientOptions {
  /** The network as the user named it. */
  readonly network: string;
  /** Opens a connection; called again when one is lost in mid-transaction. */
  readonly connect: () => Promise<Connection>;
  /** Genesis hash (0x) that the network must have; undefined where none is known. */
  readonly pinnedGenesis?: string;
  /** Folder for cached metadata; undefined: no cache. */
  readonly cacheFolder?: string;
}

/** A client of one chain: reads at a block, builds and submits extrinsics. */
export class ChainClient {
  readonly network: string;
  readonly genesisHash: string;
  readonly runtime: RuntimeVersion;
  readonly codecs: Codecs;
  /** Metadata without doc strings, as the codecs were built from. */
  readonly metadataBytes: Uint8Array;
  connection: Connection;
  private readonly options: ClientOptions;
  private builder: Promise<ExtrinsicBuilder> | undefined;

  private constructor(
    options: ClientOptions,
    connection: Connection,
    genesisHash: string,
    runtime: RuntimeVersion,
    metadata: Uint8Array,
    decoded: DecodedMetadata,
  ) {
    this.options = options;
    this.network = options.network;
    this.connection = connection;
    this.genesisHash = genesisHash;
    this.runtime = runtime;
    this.metadataBytes = metadata;
    this.codecs = createCodecs(decoded);
  }

  /** Connects and makes sure that this is the chain that the network's name stands for. */
  static async open(options: ClientOptions): Promise<ChainClient> {
    const connection = await options.connect();
    try {
      const [genesisHash, head, runtime] = await Promise.all([
        connection.request<string>('chain_getBlockHash', [0]),
        connection.request<string>('chain_getBlockHash', []),
        connection.request<RuntimeVersion>('state_getRuntimeVersion', []),
      ]);
      checkGenesis(options, connection.endpoint, genesisHash);
      const id = { genesisHash, specVersion: runtime.specVersion };
      const metadata = await loadMetadata(connection, id, options.cacheFolder, head);
      const decoded = await loadDecodedMetadata(metadata, options.cacheFolder);
      return new ChainClient(options, connection, genesisHash, runtime, metadata, decoded);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** The newest block. */
  async head(): Promise<{ readonly hash: string; readonly number: number }> {
    const hash = await this.connection.request<string>('chain_getBlockHash', []);
    return { hash, number: await this.numberOf(hash) };
  }

  async numberOf(hash: string): Promise<number> {
    const header = await this.connection.request<{ readonly number: string } | null>('chain_getHeader', [hash]);
    if (!header) throw new CliError('NODE_ERROR', `The node does not know the block ${hash}.`, { data: { hash } });
    return Number(header.number);
  }

  /** Reads at one block, the newest unless named. */
  async reader(at?: string): Promise<Reader> {
    return new Reader(
      this.connection,
      this.codecs,
      at ?? (await this.connection.request<string>('chain_getBlockHash', [])),
    );
  }

  /** What builds and signs extrinsics; loaded on first use. */
  extrinsics(): Promise<ExtrinsicBuilder> {
    this.builder ??= Promise.all([import('./polkadot.ts'), import('./metadata-slice.ts')]).then(
      ([{ createExtrinsicBuilder }, { metadataOfCall }]) => {
        const slices = new Map<number, Uint8Array>();
        return createExtrinsicBuilder((call) => {
          const [pallet = 0, index = 0] = call;
          const place = pallet * 256 + index;
          const slice = slices.get(place) ?? metadataOfCall(this.codecs.metadata, pallet, index) ?? this.metadataBytes;
          slices.set(place, slice);
          return slice;
        });
      },
    );
    return this.builder;
  }

  /** One of the chains that have a name, by whatever address it is reached: what is signed here is good there. */
  get isKnownChain(): boolean {
    const { pinnedGenesis } = this.options;
    return [pinnedGenesis, ...KNOWN_GENESIS].includes(this.genesisHash);
  }

  /** Whether the runtime says that it checks a signed hash of its metadata (RFC-0078). */
  get checksMetadata(): boolean {
    return Object.values(this.codecs.metadata.extrinsic.signedExtensions)
      .flat()
      .some(({ identifier }) => identifier === 'CheckMetadataHash');
  }

  /** Hash of the metadata that everything is decoded with, for signatures to cover (RFC-0078). */
  async metadataHash(): Promise<string> {
    const { runtime, metadataBytes } = this;
    const { metadataHash } = await import('./metadata-hash.ts');
    const token = { specName: runtime.specName, specVersion: runtime.specVersion, ...TOKEN };
    return metadataHash(metadataBytes, token, this.options.cacheFolder);
  }

  /** Drops cached metadata that is not the chain's, so that the next command asks a node anew. */
  async forgetMetadata(): Promise<void> {
    const { genesisHash, runtime, options } = this;
    await forgetMetadata({ genesisHash, specVersion: runtime.specVersion }, options.cacheFolder);
  }

  /** A new connection in place of a lost one. */
  async reconnect(): Promise<void> {
    const connection = await this.options.connect();
    const genesis = await connection.request<string>('chain_getBlockHash', [0]);
    checkGenesis({ ...this.options, pinnedGenesis: this.genesisHash }, connection.endpoint, genesis);
    this.connection = connection;
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}

function checkGenesis({ network, pinnedGenesis }: ClientOptions, endpoint: string, found: string): void {
  if (pinnedGenesis === undefined || pinnedGenesis === found) return;
  throw new CliError('WRONG_GENESIS', `${endpoint} serves another chain than ${network}: its genesis is ${found}.`, {
    hints: ['Nothing was sent. Choose another node, or name the address itself with --network if you mean that chain.'],
    data: { network, endpoint, expected: pinnedGenesis, found },
  });
}
