import type { Change } from '../../src/lib/localnet/trie/change.ts';

/** What block `number` of the chain that gets killed changes: every key's value tells which block wrote it. */
export function killedChanges(number: number): Change[] {
  const bytes = (value: number): Uint8Array => Uint8Array.of(value & 255, (value >> 8) & 255, (value >> 16) & 255);
  const key = (value: number): string => value.toString(16).padStart(8, '0');
  const changes: Change[] = [['ff', bytes(number)]];
  for (let i = 1; i <= 20; i++) changes.push([key(i), i % 3 === number % 3 ? null : bytes(number)]);
  changes.push([key(1000 + number), bytes(number)]);
  return changes;
}
