/** Committed state: what the runtime reads when nothing in the current block has touched a key. Keys are lower-case hex without 0x. */
export interface StateReader {
  get(key: string): Uint8Array | undefined;
  /** Keys that start with this hex prefix, ascending. */
  keys(prefix: string): string[];
}
