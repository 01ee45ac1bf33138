import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licences under which code may be bundled into an MIT package. */
const ALLOWED = new Set([
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
]);

interface Facts {
  readonly name: string;
  readonly version: string;
  readonly license?: string | { readonly type: string };
}

/** The licence texts of every bundled package; throws when one may not be bundled. */
export function gatherLicenses(root: string, inputs: readonly string[]): { text: string; packages: number } {
  const folders = new Set<string>();
  for (const input of inputs) {
    const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (match) folders.add(match[1]!);
  }
  const sections = [...folders].sort().map((folder) => section(join(root, folder)));
  const text = `btcli-ts contains the packages below, each under its own licence.\n\n${sections.join('\n')}`;
  return { text, packages: folders.size };
}

function section(folder: string): string {
  const facts = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Facts;
  const license = typeof facts.license === 'object' ? facts.license.type : facts.license;
  if (!isAllowed(license)) throw new Error(`${facts.name} is under ${license ?? 'no licence'} and must not be bundled`);
  const file = readdirSync(folder).find((name) => /^licen[cs]e(\.|-|$)/i.test(name));
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim() : '';
  return `${'-'.repeat(80)}\n${facts.name} ${facts.version} (${license})\n\n${text}\n`;
}

/** "(MIT OR GPL-3.0)" is a choice, "MIT AND ISC" demands both. */
function isAllowed(expression: string | undefined): boolean {
  if (!expression) return false;
  return expression
    .replaceAll(/[()]/g, '')
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((one) => ALLOWED.has(one.trim())));
}
