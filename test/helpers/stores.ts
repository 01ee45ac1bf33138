import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlockCommit, ChainMeta } from '../../src/lib/localnet/node/store/chain-store.ts';
import type { Hex } from '../../src/lib/localnet/scale/bytes.ts';
import type { Change } from '../../src/lib/localnet/trie/change.ts';

export const TEST_META: ChainMeta = {
  genesisHash: '42'.repeat(32),
  preset: 'test',
  rootMode: 'trie',
  parameters: { slotDuration: 12000, fast: false },
};

/** A hash that says which block it belongs to, and which of several versions of it. */
export function testHash(number: number, version = 0): Hex {
  return `${version.toString(16).padStart(32, '0')}${number.toString(16).padStart(32, '0')}`;
}

export function testBlock(number: number, changes: readonly Change[] = [], version = 0): BlockCommit {
  return {
    number,
    hash: testHash(number, version),
    header: Uint8Array.of(number & 0xff, version, 1, 2, 3),
    body: [Uint8Array.of(4), new Uint8Array(number % 5)],
    ...(number % 3 === 0 ? { events: Uint8Array.of(number & 0xff) } : {}),
    changes,
  };
}

/** A directory that is gone after `body`. */
export async function inTemporaryDirectory<T>(body: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'localnet-store-'));
  try {
    return await body(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
