import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Files below a folder that end so, relative to it, with forward slashes, sorted. */
export function globSync(folder: string, ending: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
