import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../helpers/project-root.ts';
import { importCycles, type SourceImport, sourceImports } from '../helpers/source-imports.ts';

/**
 * Folders from top to bottom with what each may import; the table of docs/ARCHITECTURE.md. A path belongs to the
 * longest prefix. Every folder may import itself and the base.
 */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  'src/commands': ['src/lib/cli', 'src/lib/domain', 'src/lib/chain', 'src/lib/wallet'],
  'src/lib/cli': ['src/lib/domain', 'src/lib/chain', 'src/lib/wallet'],
  'src/lib/domain': ['src/lib/chain', 'src/lib/wallet'],
  'src/lib/chain': ['src/lib/wallet'],
  'src/lib/wallet': [],
  'src/lib': [],
  'src/lib/localnet': localnet(
    'server',
    'rpc',
    'node',
    'runtime',
    'pallets',
    'frame',
    'trie',
    'hash',
    'scale',
    'fixed',
    'vectors',
  ),
  'src/lib/localnet/vectors': localnet('node', 'runtime', 'pallets', 'frame', 'trie', 'hash', 'scale', 'fixed'),
  'src/lib/localnet/rpc': localnet('node', 'runtime', 'pallets', 'frame', 'trie', 'hash', 'scale', 'fixed'),
  'src/lib/localnet/node': localnet('runtime', 'pallets', 'frame', 'trie', 'hash', 'scale', 'fixed'),
  'src/lib/localnet/runtime': localnet('pallets', 'frame', 'trie', 'hash', 'scale', 'fixed'),
  'src/lib/localnet/pallets': localnet('frame', 'scale', 'fixed'),
  'src/lib/localnet/frame': localnet('hash', 'scale', 'fixed'),
  'src/lib/localnet/trie': localnet('hash', 'scale'),
  'src/lib/localnet/hash': [],
  'src/lib/localnet/scale': [],
  'src/lib/localnet/fixed': [],
};

/** The bundled chain is loaded only where it is used, and from these places alone. */
const MAY_LOAD_LOCALNET = [
  /^src\/lib\/chain\/local[^/]*\.ts$/,
  /^src\/commands\/localnet\//,
  /^src\/lib\/domain\//,
  /^src\/lib\/cli\/localnet/,
];

/** Use-cases compute with the chain's own code through this door and no other; those that run the localnet use its public one. */
const PURE_DOOR = 'src/lib/localnet/pure.ts';
const doorsOf = (useCase: string): string[] =>
  useCase.startsWith('src/lib/domain/localnet/') ? [PURE_DOOR, 'src/lib/localnet/index.ts'] : [PURE_DOOR];

function localnet(...folders: string[]): string[] {
  return folders.map((folder) => `src/lib/localnet/${folder}`);
}

const layers = Object.keys(LAYERS).sort((left, right) => right.length - left.length);
const layerOf = (file: string): string | undefined => layers.find((layer) => file.startsWith(`${layer}/`));
const show = ({ from, to, kind }: SourceImport): string => `${from} → ${to} (${kind})`;

function isAllowed({ from, to, kind }: SourceImport): boolean {
  const [above, below] = [layerOf(from), layerOf(to)];
  if (above === undefined || below === undefined) return true;
  if (above === below || below === 'src/lib') return true;
  if (below.startsWith('src/lib/localnet') && !above.startsWith('src/lib/localnet')) {
    if (above === 'src/lib/domain' && !doorsOf(from).includes(to)) return false;
    return kind !== 'static' && MAY_LOAD_LOCALNET.some((place) => place.test(from));
  }
  return LAYERS[above]!.includes(below);
}

describe('imports', () => {
  const imports = sourceImports();

  it('are found', () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(imports.filter(({ kind }) => kind === 'dynamic').length).toBeGreaterThan(2);
  });

  it('go down only', () => {
    expect(imports.filter((one) => !isAllowed(one)).map(show)).toEqual([]);
  });

  it('form no cycle', () => {
    expect(importCycles(imports).map((files) => files.join(' → '))).toEqual([]);
  });

  it('of @polkadot/api and @polkadot/keyring stay in the client, loaded lazily', () => {
    const heavy = imports.filter(({ to }) => /^@polkadot\/(api|keyring|types|util-crypto)/.test(to));
    const outside = heavy.filter(({ from, kind }) => kind !== 'type' && !from.startsWith('src/lib/chain/polkadot'));
    expect(outside.map(show)).toEqual([]);
  });

  it('of prompts are lazy', () => {
    expect(imports.filter(({ to, kind }) => to.startsWith('@inquirer/') && kind === 'static').map(show)).toEqual([]);
  });

  it('of a planted offender would be noticed', () => {
    const upward: SourceImport = { from: 'src/lib/wallet/key.ts', to: 'src/lib/cli/main.ts', kind: 'static' };
    const early: SourceImport = { from: 'src/lib/cli/main.ts', to: 'src/lib/localnet/node/node.ts', kind: 'static' };
    const behind: SourceImport = {
      from: 'src/lib/domain/a.ts',
      to: 'src/lib/localnet/node/engine.ts',
      kind: 'dynamic',
    };
    expect([upward, early, behind].map(isAllowed)).toEqual([false, false, false]);
    const door: SourceImport = { from: 'src/lib/domain/a.ts', to: PURE_DOOR, kind: 'dynamic' };
    expect(isAllowed(door)).toBe(true);
    const ring: SourceImport[] = [
      { from: 'a', to: 'b', kind: 'static' },
      { from: 'b', to: 'a', kind: 'static' },
    ];
    expect(importCycles(ring)).toEqual([['a', 'b']]);
  });
});

describe('docs/ARCHITECTURE.md', () => {
  it('has a row for every folder', () => {
    const text = readFileSync(join(ROOT, 'docs', 'ARCHITECTURE.md'), 'utf8');
    const missing = Object.keys(LAYERS).filter((layer) => layer !== 'src/lib' && !text.includes(`\`${layer}\``));
    expect(missing).toEqual([]);
  });
});

describe('commands', () => {
  it('are small: flags, one use-case, one render', () => {
    const files = new Set(sourceImports().map(({ from }) => from));
    const large = [...files]
      .filter((file) => file.startsWith('src/commands/'))
      .map((file) => [file, readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 80);
    expect(large).toEqual([]);
  });
});
