import * as fs from 'node:fs';
import * as net from 'node:net';
import * as os from 'node:os';
import { makeDirectory } from './make-directory.ts';
import {
  claimGeneration,
  lastOwnerFile,
  markReleased,
  type OwnerFile,
  type OwnerRecord,
  removeOlderGenerations,
} from './owner-record.ts';
import { isRunning, ownIdentity } from './process-identity.ts';
import { newSocketPath } from './socket-path.ts';
import { StoreError, toStoreError } from './store-error.ts';

/** The process that owns a data directory. */
export interface Owner {
  readonly pid: number;
  /** When that process started, in milliseconds since 1970. */
  readonly startedAt: number;
  /** Unix socket, or named pipe on Windows, where it answers. */
  readonly socketPath: string;
}

export interface Owned {
  readonly owner: Owner;
  /** Takes over the connections of attached processes, those that came in before included. */
  onConnection(handler: (socket: net.Socket) => void): void;
  /** Lets go of the directory; call it after the store is closed. Ends all connections. */
  release(): Promise<void>;
}

export interface Attached {
  readonly attachedTo: Owner;
}

export interface AcquireOptions {
  /** How long to wait for an owner that is neither reachable nor dead (it is shutting down). Default: 5,000. */
  readonly waitMs?: number | undefined;
}

const RETRY_MS = 25;
const PROBE_MS = 2000;
/** An unreadable record that is older than this was left by a crash of the system, not by a write under way. */
const UNREADABLE_IS_DEAD_MS = 5000;
const LONGEST_QUEUE = 64;

/**
 * Makes this process the owner of the data directory, or tells which process is. There is one owner at a time; one that
 * was killed is found out and replaced. Ownership ends with `release` or with the process.
 *
 * @throws StoreError `locked` when the owner lives and does not answer, `read-only`, `full`.
 */
export async function acquire(directory: string, options: AcquireOptions = {}): Promise<Owned | Attached> {
  const deadline = Date.now() + (options.waitMs ?? 5000);
  try {
    makeDirectory(directory);
    let door: Door | undefined;
    try {
      for (;;) {
        const last = lastOwnerFile(directory);
        const state = last === undefined ? 'free' : await stateOf(last);
        if (state === 'answers') return { attachedTo: publicPart(last!.record!) };
        if (state === 'free') {
          door ??= await Door.open(directory);
          const generation = (last?.generation ?? 0) + 1;
          const record: OwnerRecord = { ...ownIdentity(), socketPath: door.socketPath, host: os.hostname() };
          if (claimGeneration(directory, generation, record)) {
            const owned = ownedBy(directory, generation, record, door);
            door = undefined;
            removeOlderGenerations(directory, generation);
            if (last?.record !== undefined) removeSocket(last.record.socketPath);
            return owned;
          }
          continue;
        }
        if (Date.now() >= deadline) throw locked(directory, last!);
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    } finally {
      await door?.close();
    }
  } catch (error) {
    throw toStoreError(error, 'the data directory cannot be locked', directory);
  }
}

/** The living owner of the data directory, if it has one that answers. */
export async function findOwner(directory: string): Promise<Owner | undefined> {
  if (!fs.existsSync(directory)) return undefined;
  const last = lastOwnerFile(directory);
  if (last?.record === undefined || (await stateOf(last)) !== 'answers') return undefined;
  return publicPart(last.record);
}

function publicPart({ pid, startedAt, socketPath }: OwnerRecord): Owner {
  return { pid, startedAt, socketPath };
}

function locked(directory: string, { record }: OwnerFile): StoreError {
  const who = record === undefined ? 'another process' : `process ${record.pid}, which does not answer,`;
  return new StoreError('locked', `${who} holds the data directory`, { path: directory });
}

type State = 'answers' | 'free' | 'busy';

async function stateOf({ record, ageMs }: OwnerFile): Promise<State> {
  if (record === undefined) return ageMs > UNREADABLE_IS_DEAD_MS ? 'free' : 'busy';
  if (record.released) return 'free';
  const answer = await probe(record.socketPath);
  if (answer === 'answers') return 'answers';
  // Sockets live in one system: no listener there, so an owner of another name (a container's, say) is gone.
  if (answer === 'nobody' && (process.platform === 'win32' || record.host !== os.hostname())) return 'free';
  return isRunning(record) ? 'busy' : 'free';
}

function probe(socketPath: string): Promise<'answers' | 'nobody' | 'unknown'> {
  return new Promise((resolve) => {
    const socket = net.connect(socketPath);
    const finish = (answer: 'answers' | 'nobody' | 'unknown'): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => finish('unknown'), PROBE_MS);
    socket.once('connect', () => finish('answers'));
    socket.once('error', ({ code }: NodeJS.ErrnoException) => {
      finish(code === 'ECONNREFUSED' || code === 'ENOENT' ? 'nobody' : 'unknown');
    });
  });
}

function removeSocket(socketPath: string): void {
  if (process.platform !== 'win32' && socketPath.endsWith('.sock')) fs.rmSync(socketPath, { force: true });
}

/** The listening socket of an owner. It listens before ownership is claimed, so an owner can always be asked. */
class Door {
  readonly socketPath: string;
  private readonly server: net.Server;
  private readonly sockets = new Set<net.Socket>();
  private waiting: net.Socket[] = [];
  private handler: ((socket: net.Socket) => void) | undefined;

  static async open(directory: string): Promise<Door> {
    const door = new Door(newSocketPath(directory));
    await new Promise<void>((resolve, reject) => {
      door.server.once('error', reject);
      door.server.listen(door.socketPath, resolve);
    });
    if (process.platform !== 'win32') fs.chmodSync(door.socketPath, 0o600);
    return door;
  }

  private constructor(socketPath: string) {
    this.socketPath = socketPath;
    this.server = net.createServer((socket) => this.arrived(socket));
    // The lock alone keeps no process alive.
    this.server.unref();
  }

  onConnection(handler: (socket: net.Socket) => void): void {
    this.handler = handler;
    const { waiting } = this;
    this.waiting = [];
    for (const socket of waiting) if (!socket.destroyed) handler(socket);
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    for (const socket of this.sockets) socket.destroy();
    await closed;
    removeSocket(this.socketPath);
  }

  private arrived(socket: net.Socket): void {
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    // A peer that vanishes is no failure of the owner; whoever handles the socket sees it close.
    socket.on('error', () => socket.destroy());
    if (this.handler !== undefined) this.handler(socket);
    else if (this.waiting.length < LONGEST_QUEUE) this.waiting.push(socket);
    else socket.destroy();
  }
}

function ownedBy(directory: string, generation: number, record: OwnerRecord, door: Door): Owned {
  let released: Promise<void> | undefined;
  const release = async (): Promise<void> => {
    // The directory may be gone: whoever removed it has released it as well.
    if (fs.existsSync(directory)) markReleased(directory, generation, record);
    await door.close();
  };
  return {
    owner: publicPart(record),
    onConnection: (handler) => door.onConnection(handler),
    release: () => {
      released ??= release();
      return released;
    },
  };
}
