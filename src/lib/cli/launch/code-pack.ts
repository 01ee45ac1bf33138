import {
  accessSync,
  closeSync,
  constants,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../make-folder.ts';
import { isOwnFile } from '../../own-file.ts';

/** Where a chunk's code lies within a pack, and what its pages add up to. */
type Section = readonly [offset: number, length: number, sum: number];

interface Header {
  /** Who has added what it compiles; each does so once. */
  readonly users: readonly string[];
  readonly sections: Readonly<Record<string, Section>>;
}

const PAGE = 4096;
/** Packs of other builds and other versions of Node that may stay beside the one that was written. */
const MOST_PACKS = 4;
const ENDING = '.code';

/**
 * Compiled code of the program's own files, as V8 gives and takes it, in one file of the cache. Only a file that belongs to
 * the user and that nobody else may write is read: what it holds is executed.
 */
export class CodePack {
  private readonly path: string;
  private readonly descriptor: number | undefined;
  private readonly header: Header;
  private readonly start: number;
  private readonly damaged = new Set<string>();

  /** A pack that is missing or unusable is an empty one. */
  constructor(path: string) {
    this.path = path;
    const { descriptor, header, start } = openPack(path);
    this.descriptor = descriptor;
    this.header = header;
    this.start = start;
  }

  /** The compiled code of a file, undefined when the pack has none. */
  read(name: string): Buffer | undefined {
    const section = this.header.sections[name];
    if (section === undefined || this.descriptor === undefined) return undefined;
    const [offset, length, sum] = section;
    const code = Buffer.allocUnsafe(length);
    const whole = readSync(this.descriptor, code, 0, length, this.start + offset) === length && pageSum(code) === sum;
    if (!whole) this.refuse(name);
    return whole ? code : undefined;
  }

  /** The compiled code of a file was of no use: it is to be replaced. */
  refuse(name: string): void {
    this.damaged.add(name);
  }

  /** Whether what `user` compiles of these files is in the pack. */
  knows(user: string, names: Iterable<string>): boolean {
    if (!this.header.users.includes(user)) return false;
    for (const name of names) if (this.header.sections[name] === undefined || this.damaged.has(name)) return false;
    return true;
  }

  /** Whether writing the pack is worth trying: taking compiled code from V8 is not for nothing. */
  isWritable(): boolean {
    try {
      makeFolder(dirname(this.path));
      // With the dot a file that stands in place of the folder is none.
      accessSync(`${dirname(this.path)}/.`, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  }

  /** Writes the pack anew with these files in it; others stay as they were. A cache that cannot be written costs time, nothing else. */
  add(user: string, compiled: ReadonlyMap<string, Buffer>): void {
    const parts: Buffer[] = [];
    const sections: Record<string, Section> = {};
    let offset = 0;
    for (const name of new Set([...Object.keys(this.header.sections), ...compiled.keys()])) {
      const code = compiled.get(name) ?? this.read(name);
      if (code === undefined) continue;
      sections[name] = [offset, code.length, pageSum(code)];
      parts.push(code);
      offset += code.length;
    }
    const users = [...new Set([...this.header.users, user])];
    const header = Buffer.from(JSON.stringify({ users, sections } satisfies Header));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(header.length);
    const temporary = `${this.path}.${process.pid}.tmp`;
    try {
      makeFolder(dirname(this.path));
      writeFileSync(temporary, Buffer.concat([length, header, ...parts]), { mode: 0o600 });
      renameSync(temporary, this.path);
      removeOldest(dirname(this.path));
    } catch {
      try {
        rmSync(temporary, { force: true });
      } catch {
        // Where nothing can be written nothing needs to be removed.
      }
    }
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
  }
}

/** The name of the pack that a build has with this version and these flags of V8. */
export const packName = (build: string, v8: number): string => `${build}-${v8.toString(16)}${ENDING}`;

const EMPTY: Header = { users: [], sections: {} };

function openPack(path: string): { descriptor: number | undefined; header: Header; start: number } {
  const none = { descriptor: undefined, header: EMPTY, start: 0 };
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch {
    return none;
  }
  try {
    if (!isOwnFile(descriptor)) throw new Error('not ours');
    const length = Buffer.alloc(4);
    readSync(descriptor, length, 0, 4, 0);
    const text = Buffer.alloc(length.readUInt32LE());
    readSync(descriptor, text, 0, text.length, 4);
    return { descriptor, header: JSON.parse(text.toString()) as Header, start: 4 + text.length };
  } catch {
    closeSync(descriptor);
    return none;
  }
}

/**
 * The first word of every page: a power cut leaves pages of zeros in a file that was being written, and V8 crashes on those.
 * Reading every byte would cost as much as compiling saves.
 */
function pageSum(code: Buffer): number {
  let sum = code.length;
  for (let at = 0; at + 4 <= code.length; at += PAGE) sum = (Math.imul(sum, 31) + code.readUInt32LE(at)) >>> 0;
  return sum;
}

function removeOldest(folder: string): void {
  const packs = readdirSync(folder)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => ({ path: join(folder, name), time: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  for (const { path } of packs.slice(MOST_PACKS)) rmSync(path, { force: true });
}
