import fs from 'node:fs';
import path from 'node:path';

/**
 * Makes a directory and its parents, 0700, level by level, so that the error is that of the level that cannot be made.
 * @throws ENOTDIR where something else has its name
 */
export function makeDirectory(directory: string): void {
  const missing: string[] = [];
  for (let at = directory; !fs.existsSync(at) && path.dirname(at) !== at; at = path.dirname(at)) missing.push(at);
  for (const level of missing.reverse()) {
    try {
      fs.mkdirSync(level, { mode: 0o700 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
  if (fs.statSync(directory).isDirectory()) return;
  throw Object.assign(new Error(`ENOTDIR: not a directory, mkdir '${directory}'`), { code: 'ENOTDIR' });
}
