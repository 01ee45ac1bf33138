import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { makeHome, runCli } from '../helpers/run-cli.ts';

interface Coverage {
  readonly result: readonly { readonly url: string }[];
}

/** Files that a run loads, from V8's own record. */
async function loadedFiles(args: readonly string[]): Promise<string[]> {
  const home = makeHome();
  const folder = join(home, 'coverage');
  const { code } = await runCli(args, { home, env: { NODE_V8_COVERAGE: folder } });
  expect(code).toBe(0);
  const record = JSON.parse(readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8')) as Coverage;
  return record.result.filter(({ url }) => url.startsWith('file://')).map(({ url }) => fileURLToPath(url));
}

const kilobytes = (files: readonly string[]): number =>
  Math.round(files.reduce((sum, file) => sum + statSync(file).size, 0) / 1024);

const mentions = (files: readonly string[], text: string): string[] =>
  files.filter((file) => readFileSync(file, 'utf8').includes(text));

describe('start-up', () => {
  it.each([[['--help']], [['--version']], [['config']]])(
    '%j loads a handful of small modules, and no oclif',
    async (args) => {
      const files = await loadedFiles(args);
      expect(files).toContain(join(process.cwd(), 'dist', 'main.js'));
      expect(files.length).toBeLessThanOrEqual(12);
      expect(kilobytes(files)).toBeLessThanOrEqual(100);
      expect(mentions(files, 'aggregateFlags')).toEqual([]);
    },
  );

  it('a local command loads neither chain code, nor prompts, nor crypto', async () => {
    const files = await loadedFiles(['config', 'path']);
    expect(kilobytes(files)).toBeLessThanOrEqual(700);
    expect(mentions(files, 'ExitPromptError: ')).toEqual([]);
    expect(mentions(files, 'SubtensorModule')).toEqual([]);
    expect(files.filter((file) => file.includes('node_modules'))).toEqual([]);
    expect(files.filter((file) => file.endsWith('.node'))).toEqual([]);
  });
});
