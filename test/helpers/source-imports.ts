import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { ROOT } from './project-root.ts';

export interface SourceImport {
  /** The importing file, relative to the project's folder. */
  readonly from: string;
  /** A file of the project relative to its folder, or the name of a package. */
  readonly to: string;
  readonly kind: 'static' | 'type' | 'dynamic';
}

const STATIC = /^(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every import below src/, read from the text. */
export function sourceImports(): SourceImport[] {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)));
  return files.flatMap((from) => {
    const text = readFileSync(join(ROOT, from), 'utf8').replaceAll(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
    const at = (specifier: string): string =>
      specifier.startsWith('.') ? normalize(join(dirname(from), specifier)) : specifier;
    return [
      ...[...text.matchAll(STATIC)].map(
        ([, type, specifier]): SourceImport => ({ from, to: at(specifier!), kind: type ? 'type' : 'static' }),
      ),
      ...[...text.matchAll(DYNAMIC)].map(
        ([, specifier]): SourceImport => ({ from, to: at(specifier!), kind: 'dynamic' }),
      ),
    ];
  });
}

/** Cycles of static imports, each as the files that form it. */
export function importCycles(imports: readonly SourceImport[]): string[][] {
  const graph = new Map<string, string[]>();
  for (const { from, to, kind } of imports) {
    if (kind === 'static') graph.set(from, [...(graph.get(from) ?? []), to]);
  }
  const cycles: string[][] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      cycles.push(path.slice(path.indexOf(file)));
      return;
    }
    state.set(file, 'open');
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}
