import fs from 'node:fs';
import path from 'node:path';

/** Makes a directory and its parents, 0700, level by level, so that the error is that of the level that cannot be made. */
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
}
