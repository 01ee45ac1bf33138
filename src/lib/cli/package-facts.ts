import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandIndex } from './command-index.ts';

/** Where the package lies and what it says of itself. */
export interface PackageFacts {
  /** The folder of package.json. */
  readonly root: string;
  readonly index: CommandIndex;
  readonly pjson: Readonly<Record<string, unknown>>;
}

/** Reads what the build wrote; package.json is read only when asked for. */
export function packageFacts(root: string): PackageFacts {
  const index = JSON.parse(readFileSync(join(root, 'dist', 'commands.json'), 'utf8')) as CommandIndex;
  return {
    root,
    index,
    get pjson() {
      return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
    },
  };
}
