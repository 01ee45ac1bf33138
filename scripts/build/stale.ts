import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from './glob.ts';

/** Whether a source is newer than what was built from it. */
export function isStale(root: string): boolean {
  const built = join(root, 'dist', 'commands.json');
  if (!existsSync(built)) return true;
  const { mtimeMs } = statSync(built);
  const sources = [
    ...globSync(join(root, 'src'), '.ts').map((file) => join('src', file)),
    ...globSync(join(root, 'scripts'), '.ts').map((file) => join('scripts', file)),
    'package.json',
  ];
  return sources.some((file) => statSync(join(root, file)).mtimeMs > mtimeMs);
}
