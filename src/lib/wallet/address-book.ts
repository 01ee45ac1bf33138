import { dirname } from 'node:path';
import { CliError } from '../errors.ts';
import { utf8 } from './bytes.ts';
import { withFileLock } from './file-lock.ts';
import { ensureRoot, exists, type FileSystem, nodeFileSystem, readGuarded, replaceFile } from './files.ts';
import { isAddress, ss58Decode } from './ss58.ts';

export interface AddressEntry {
  name: string;
  /** SS58, this chain's format */
  address: string;
  note?: string;
}

const VERSION = 1;
const LOCK_WAIT_MILLISECONDS = 5000;
const MAX_BOOK_BYTES = 4 * 1024 * 1024;
const MAX_NAME_LENGTH = 64;
const MAX_NOTE_LENGTH = 500;

interface Book {
  version: number;
  addresses: AddressEntry[];
}

function corrupt(path: string, what: string): CliError {
  return new CliError('ADDRESS_BOOK_CORRUPT', `The address book ${path} cannot be used: ${what}`, {
    hints: ['Correct the file by hand or restore it; nothing was changed'],
    data: { path },
  });
}

function parseBook(bytes: Uint8Array, path: string): Book {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw corrupt(path, 'it is not JSON');
  }
  const { version, addresses } = (typeof value === 'object' && value !== null ? value : {}) as Partial<Book>;
  if (version !== VERSION) throw corrupt(path, `its version is not ${VERSION}`);
  if (!Array.isArray(addresses)) throw corrupt(path, '`addresses` is missing');
  const seen = new Set<string>();
  for (const entry of addresses as unknown[]) {
    const { name, address, note } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<
      string,
      unknown
    >;
    if (
      typeof name !== 'string' ||
      typeof address !== 'string' ||
      !isAddress(address) ||
      (note !== undefined && typeof note !== 'string')
    )
      throw corrupt(path, 'an entry has no name or no valid address');
    if (seen.has(keyOf(name))) throw corrupt(path, `the name "${name}" is there twice`);
    seen.add(keyOf(name));
  }
  return { version, addresses };
}

/** Names are compared without regard to case, so that two that look alike cannot send money to different places. */
function keyOf(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}

/** The entry of a name; @returns undefined where there is none */
export function findEntry(entries: readonly AddressEntry[], name: string): AddressEntry | undefined {
  return entries.find((entry) => keyOf(entry.name) === keyOf(name));
}

function checkEntry(entry: AddressEntry): void {
  const { name, note } = entry;
  let problem: string | undefined;
  if (name.length === 0 || name !== name.trim()) problem = 'is empty or has blanks around it';
  else if ([...name].length > MAX_NAME_LENGTH) problem = `is longer than ${MAX_NAME_LENGTH} letters`;
  else if (/[\p{C}\p{Zl}\p{Zp}]/u.test(name)) problem = 'contains an invisible character';
  else if (isAddress(name)) problem = 'is itself an address';
  if (problem !== undefined)
    throw new CliError('NAME_INVALID', `This name for an address ${problem}`, { data: { name } });
  if (note !== undefined && note.length > MAX_NOTE_LENGTH)
    throw new CliError('VALIDATION', `A note has at most ${MAX_NOTE_LENGTH} letters`);
  ss58Decode(entry.address);
}

/** Addresses under names of the user's choice, in one JSON file. */
export class AddressBook {
  readonly path: string;
  readonly #files: FileSystem;

  constructor(path: string, files: FileSystem = nodeFileSystem) {
    this.path = path;
    this.#files = files;
  }

  /** All entries, by name. A book that does not exist is empty. */
  async list(): Promise<AddressEntry[]> {
    const { addresses } = await this.#read();
    return addresses.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  }

  /** @throws CliError ADDRESS_BOOK_DUPLICATE, ADDRESS_INVALID, NAME_INVALID */
  async add(entry: AddressEntry): Promise<void> {
    checkEntry(entry);
    await this.#change((book) => {
      this.#refuseDuplicate(book, entry.name);
      book.addresses.push(entry);
    });
  }

  /**
   * Changes what is given, also the name.
   * @returns the entry as it is now
   * @throws CliError ADDRESS_BOOK_UNKNOWN, ADDRESS_BOOK_DUPLICATE, ADDRESS_INVALID, NAME_INVALID
   */
  update(name: string, change: Partial<AddressEntry>): Promise<AddressEntry> {
    return this.#change((book) => {
      const at = this.#indexOf(book, name);
      const entry: AddressEntry = { ...(book.addresses[at] as AddressEntry), ...change };
      checkEntry(entry);
      if (keyOf(entry.name) !== keyOf(name)) this.#refuseDuplicate(book, entry.name);
      book.addresses[at] = entry;
      return entry;
    });
  }

  /**
   * @returns the entry that was removed
   * @throws CliError ADDRESS_BOOK_UNKNOWN
   */
  remove(name: string): Promise<AddressEntry> {
    return this.#change((book) => book.addresses.splice(this.#indexOf(book, name), 1)[0] as AddressEntry);
  }

  #unknown(book: Book, name: string): CliError {
    const near = book.addresses.filter((entry) => keyOf(entry.name).startsWith(keyOf(name).slice(0, 3))).slice(0, 3);
    return new CliError(
      'ADDRESS_BOOK_UNKNOWN',
      `"${name.slice(0, 80)}" is neither an address nor a name in the address book`,
      {
        hints:
          near.length > 0
            ? [`Did you mean ${near.map((entry) => entry.name).join(', ')}?`]
            : ['`address list` shows the names'],
        data: { name },
      },
    );
  }

  #indexOf(book: Book, name: string): number {
    const at = book.addresses.findIndex((entry) => keyOf(entry.name) === keyOf(name));
    if (at < 0) throw this.#unknown(book, name);
    return at;
  }

  #refuseDuplicate(book: Book, name: string): void {
    const there = findEntry(book.addresses, name);
    if (there !== undefined)
      throw new CliError('ADDRESS_BOOK_DUPLICATE', `The address book has a "${there.name}" already: ${there.address}`, {
        hints: ['`address update` changes it'],
        data: { name: there.name, address: there.address },
      });
  }

  async #read(): Promise<Book> {
    if (!(await exists(this.path, this.#files))) return { version: VERSION, addresses: [] };
    const { bytes } = await readGuarded(this.path, { maxBytes: MAX_BOOK_BYTES, files: this.#files });
    return parseBook(bytes, this.path);
  }

  /** Read, change, write, as one step also for two processes at a time. */
  async #change<T>(change: (book: Book) => T): Promise<T> {
    await ensureRoot(dirname(this.path), this.#files);
    const lock = { what: 'the address book', waitMilliseconds: LOCK_WAIT_MILLISECONDS, files: this.#files };
    return withFileLock(`${this.path}.lock`, lock, async () => {
      const book = await this.#read();
      const result = change(book);
      const content = { version: VERSION, addresses: book.addresses };
      await replaceFile(this.path, utf8(`${JSON.stringify(content, null, 2)}\n`), this.#files);
      return result;
    });
  }
}
