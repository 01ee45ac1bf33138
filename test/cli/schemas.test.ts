import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { makeHome, runJson } from '../helpers/run-cli.ts';
import { expectValid } from '../helpers/schemas.ts';

const { document: all } = await runJson(['schema']);
const schemas: { command: string; schema: string }[] = all.data.schemas;

describe('schemas', () => {
  it('exist for every command, each of its own', () => {
    expect(schemas.length).toBeGreaterThan(8);
    expect(new Set(schemas.map(({ schema }) => schema)).size).toBe(schemas.length);
  });

  it.each(schemas.map(({ schema }) => schema))('%s is a valid JSON Schema', async (name) => {
    const { document } = await runJson(['schema', name]);
    expect(() => new Ajv({ strict: true, allowUnionTypes: true }).compile(document.data.document)).not.toThrow();
    await expectValid(document);
  });
});

describe('documents match their schemas', () => {
  const home = makeHome();
  it.each([
    [['schema']],
    [['--version']],
    [['--help']],
    [['config']],
    [['config', 'set', '--help']],
    [['config', 'path']],
    [['config', 'list']],
    [['config', 'get', 'network']],
    [['config', 'set', 'network', 'test']],
    [['config', 'unset', 'network']],
    [['autocomplete', 'bash']],
    [['autocomplete', 'script', 'zsh']],
    [['config', 'get', 'nothing']],
    [['nothing']],
    [['config', 'path', '-n', '5']],
  ])('%j', async (args) => {
    await expectValid((await runJson(args, { home })).document);
  });
});
