import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ProcessIdentity } from './process-identity.ts';

/** Who owns a data directory, or owned it last. */
export interface OwnerRecord extends ProcessIdentity {
  readonly socketPath: string;
  readonly host: string;
  /** The owner let go of the directory in good order. */
  readonly released?: boolean | undefined;
}

export interface OwnerFile {
  readonly generation: number;
  /** Undefined when the file is not readable as a record. */
  readonly record: OwnerRecord | undefined;
  readonly ageMs: number;
}

/**
 * Ownership is a row of files `owner.1.json`, `owner.2.json` …: the last one counts. To take a directory whose owner
 * is dead, a process makes the next file, which only one of several can do. A file that counts is never removed, so
 * nobody can take a place that a slower process still believes to be free.
 */
const NAME = /^owner\.([1-9][0-9]{0,14})\.json$/;

function ownerPath(directory: string, generation: number): string {
  return path.join(directory, `owner.${generation}.json`);
}

function temporaryPath(directory: string): string {
  return path.join(directory, `owner.${process.pid}-${randomBytes(4).toString('hex')}.tmp`);
}

function generations(directory: string): number[] {
  const found: number[] = [];
  for (const name of fs.readdirSync(directory)) {
    const match = NAME.exec(name);
    if (match) found.push(Number(match[1]));
  }
  return found.sort((a, b) => b - a);
}

function parse(text: string): OwnerRecord | undefined {
  try {
    const record = JSON.parse(text) as Partial<OwnerRecord>;
    const whole =
      Number.isSafeInteger(record.pid) &&
      Number(record.pid) > 0 &&
      typeof record.socketPath === 'string' &&
      typeof record.startedAt === 'number' &&
      typeof record.host === 'string';
    return whole ? (record as OwnerRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** The file that counts; undefined when nobody has owned the directory yet. */
export function lastOwnerFile(directory: string): OwnerFile | undefined {
  for (const generation of generations(directory)) {
    try {
      const file = ownerPath(directory, generation);
      const text = fs.readFileSync(file, 'utf8');
      return { generation, record: parse(text), ageMs: Date.now() - fs.statSync(file).mtimeMs };
    } catch (error) {
      // Removed since it was listed: then a later one exists, and the caller's next step finds it.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return undefined;
}

/** Makes the file of the generation, whole or not at all. False when another process was first. */
export function claimGeneration(directory: string, generation: number, record: OwnerRecord): boolean {
  const target = ownerPath(directory, generation);
  const temporary = temporaryPath(directory);
  fs.writeFileSync(temporary, JSON.stringify(record), { mode: 0o600 });
  try {
    try {
      fs.linkSync(temporary, target);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') return false;
      // A file system without hard links.
      fs.copyFileSync(temporary, target, fs.constants.COPYFILE_EXCL);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.rmSync(temporary, { force: true });
  }
  // A slower process may have made a file that was removed long ago: then a later one counts.
  if (generations(directory)[0] === generation) return true;
  fs.rmSync(target, { force: true });
  return false;
}

/** Marks the own file. */
export function markReleased(directory: string, generation: number, record: OwnerRecord): void {
  const temporary = temporaryPath(directory);
  fs.writeFileSync(temporary, JSON.stringify({ ...record, released: true }), { mode: 0o600 });
  fs.renameSync(temporary, ownerPath(directory, generation));
}

/** Removes the files that have not counted for two owners; their readers are long gone. */
export function removeOlderGenerations(directory: string, generation: number): void {
  for (const old of generations(directory)) {
    if (old < generation - 1) fs.rmSync(ownerPath(directory, old), { force: true });
  }
}
