import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stripAnsi } from '../../src/lib/cli/render/width.ts';
import { makeHome, runCli, runJson, runOnTerminal } from '../helpers/run-cli.ts';
import { expectValid } from '../helpers/schemas.ts';

const home = makeHome();
const run = async (...args: string[]) => {
  const result = await runJson(['yuma', 'simulate', ...args], { home, cwd: home });
  await expectValid(result.document);
  return result;
};
const file = (name: string, text: string): string => {
  const path = join(home, name);
  writeFileSync(path, text);
  return path;
};

const CASE = `epoch,item,neuron,target,value
1,stake,Alice,,100
1,weight,Alice,Miner,1
3,end,,,
`;

describe('yuma simulate', () => {
  test('runs a file and gives every epoch with its bonds', async () => {
    const { data } = (await run(file('case.csv', CASE))).document;
    expect(data).toMatchObject({ title: 'case.csv', neurons: ['Alice', 'Miner'], epochs: 3, examples: [] });
    expect(data.rows).toHaveLength(6);
    expect(data.rows[5]).toMatchObject({ epoch: 3, neuron: 'Miner', incentive: '1.000000' });
    expect(data.rows[4].bonds).toEqual([{ uid: 1, value: expect.any(Number) }]);
    expect(data.totals[0].perThousandAlpha).toBe('5415.000000000');
  });

  test('prints CSV, sorts and filters', async () => {
    const path = file('case2.csv', CASE);
    const { stdout } = await runCli(
      ['yuma', 'simulate', path, '--csv', '--filter', 'neuron=Alice', '--columns', 'epoch,bonds', '--sort', '-epoch'],
      { home },
    );
    expect(stdout).toMatch(/^epoch,bonds\n3,1:\d+\n2,1:\d+\n1,1:\d+\n$/);
  });

  test('writes a file, and replaces it only when told to', async () => {
    const path = file('case3.csv', CASE);
    const output = join(home, 'out.json');
    const planned = await run(path, '--output', output, '--dry-run');
    expect([planned.document.data.output, existsSync(output)]).toEqual([null, false]);
    expect((await run(path, '--output', output)).document.data.output).toBe(output);
    const written = readFileSync(output, 'utf8');
    expect(JSON.parse(written).rows).toHaveLength(6);
    expect((await run(path, '--output', output)).document.error.code).toBe('CONFIRMATION_REQUIRED');
    expect((await run(path, '--output', output, '--yes')).code).toBe(0);
    expect(readFileSync(output, 'utf8')).toBe(written);
    expect((await run(path, '--output', join(home, 'out.txt'))).code).toBe(2);
    expect((await run(path, '--output', join(home, 'nowhere', 'out.json'))).document.error.code).toBe('FILE_NOT_FOUND');
    expect(readdirSync(home).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(existsSync(join(home, 'out.txt'))).toBe(false);
    await run(path, '--output', join(home, 'out.csv'));
    expect(readFileSync(join(home, 'out.csv'), 'utf8').split('\n')[0]).toContain('epoch,uid,neuron');
  });

  test('says in which line a file is wrong', async () => {
    const path = file('wrong.csv', CASE.replace('100', 'lots'));
    const { document, code } = await run(path);
    expect(code).toBe(12);
    expect(document.error).toMatchObject({ code: 'VALIDATION', data: { line: 2, path } });
    expect(document.error.message).toContain(`${path}: Line 2: `);
    expect((await run(join(home, 'missing.json'))).document.error.code).toBe('FILE_NOT_FOUND');
    expect((await run(home)).document.error.code).toBe('FILE_NOT_REGULAR');
  });

  test('lists its examples with the reason why each matters, and runs them', async () => {
    const { examples } = (await run('--list-examples')).document.data;
    expect(examples.length).toBeGreaterThan(10);
    const { stdout } = await runCli(['yuma', 'simulate', '--list-examples'], { home });
    for (const { name } of examples) expect(stdout).toContain(name);
    expect((await run('--example', 'cabal')).document.data.epochs).toBe(40);
    const unknown = (await run('--example', 'cabbal')).document.error;
    expect([unknown.code, unknown.data.suggestion]).toEqual(['VALIDATION', 'cabal']);
    expect((await run('x.json', '--example', 'cabal')).code).toBe(2);
    expect((await run()).document.error.code).toBe('INPUT_REQUIRED');
  });

  test('plots within the width of the terminal', async () => {
    const { stderr } = await runOnTerminal(['yuma', 'simulate', '--example', 'weight-copier-delayed'], [], {
      home,
      screen: true,
      columns: 72,
    });
    expect(stderr).toContain('Dividends for 1,000 alpha of stake');
    const plain = stripAnsi(stderr);
    for (const line of plain.split(/\r?\n/)) expect(line.length).toBeLessThanOrEqual(72);
  });

  test('takes UTF-8 only, and no more of it than a case may have', async () => {
    expect((await run(file('utf8.csv', CASE.replaceAll('Alice', 'Ælíçe 🦊')))).document.data.neurons[0]).toBe(
      'Ælíçe 🦊',
    );
    const path = join(home, 'other.csv');
    for (const encoding of ['latin1', 'utf16le'] as const) {
      writeFileSync(path, Buffer.from(CASE.replaceAll('Alice', 'Älice'), encoding));
      const { code, document } = await run(path);
      expect([code, document.error.code, document.error.message]).toEqual([
        12,
        'VALIDATION',
        expect.stringMatching(/not UTF-8|must be epoch,item/),
      ]);
    }
    const endless = await run('/dev/zero');
    expect([endless.code, endless.document.error.code]).toEqual([16, 'FILE_TOO_LARGE']);
  });
});
