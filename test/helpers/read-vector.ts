import { fileURLToPath } from 'node:url';
import { readVectorFile } from '../../src/lib/localnet/vectors/read-file.ts';

/** Path of a recorded vector file kept with the tests, by its name without `.json.gz`. */
export function vectorPath(name: string): string {
  return fileURLToPath(new URL(`../data/vectors/${name}.json.gz`, import.meta.url));
}

/** Content of a recorded vector file kept with the tests. */
export function readVector(name: string): unknown {
  return readVectorFile(vectorPath(name));
}
