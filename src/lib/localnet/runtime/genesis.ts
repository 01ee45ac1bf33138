import type { Change } from '../frame/ext.ts';
import { type Hex, toHex } from '../scale/bytes.ts';
import { orderedRoot } from '../trie/ordered-root.ts';
import type { Runtime } from './create-runtime.ts';
import { buildGenesis, type GenesisConfig } from './genesis/build-genesis.ts';
import type { HeaderValue } from './header.ts';

export type { GenesisConfig } from './genesis/build-genesis.ts';
export { localnetGenesis } from './genesis/localnet-genesis.ts';

/** State of block 0 as changes over nothing, ascending by key. The runtime's state root port is used once meanwhile. */
export function genesisState(runtime: Runtime, config: GenesisConfig): readonly Change[] {
  const x = runtime.createExt({ get: () => undefined, keys: () => [] });
  buildGenesis(x, config);
  return x.changes();
}

/** Header of block 0 over a state root. */
export function genesisHeader(stateRoot: Hex): HeaderValue {
  return {
    parent_hash: '0'.repeat(64),
    number: 0,
    state_root: stateRoot,
    extrinsics_root: toHex(orderedRoot([])),
    digest: { logs: [] },
  };
}
