import type { Params } from '../frame/params.ts';
import { NodeError } from './node-error.ts';
import { type ChainSource, DEFAULT_GENESIS_TIME, type Preset } from './open-engine.ts';
import { decodeExport } from './store/snapshot.ts';

export interface PresetOptions {
  readonly preset: Preset;
  readonly params: Params;
  /** Bytes of the playground's snapshot, compressed or not. */
  readonly playgroundSnapshot?: (() => Uint8Array | Promise<Uint8Array>) | undefined;
}

/**
 * Where a new chain of the preset comes from: `subtensor` is the chain's own local genesis, `playground` a chain that was
 * built from real extrinsics and shipped. @throws NodeError `no-snapshot`, StoreError `corrupt`
 */
export async function presetSource({ preset, params, playgroundSnapshot }: PresetOptions): Promise<ChainSource> {
  if (preset === 'subtensor') {
    return { type: 'genesis', genesis: { preset, rootMode: 'trie', params, time: DEFAULT_GENESIS_TIME } };
  }
  if (!playgroundSnapshot) throw new NodeError('no-snapshot', 'the snapshot of the playground was not given');
  const data = decodeExport(await playgroundSnapshot());
  if (data.meta.parameters.fast !== params.fast) {
    throw new NodeError('no-snapshot', `the snapshot is not of ${params.fast ? 'fast' : 'normal'} blocks`);
  }
  return { type: 'snapshot', data };
}

/** The playground before anything happened in it: what its builder starts from. */
export function playgroundGenesis(params: Params): ChainSource {
  const genesis = { preset: 'playground', rootMode: 'digest', params, time: DEFAULT_GENESIS_TIME } as const;
  return { type: 'genesis', genesis };
}
