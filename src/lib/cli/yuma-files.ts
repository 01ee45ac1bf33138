import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { parseCsvCase } from '../domain/yuma/parse-csv-case.ts';
import { parseJsonCase } from '../domain/yuma/parse-json-case.ts';
import type { YumaCase } from '../domain/yuma/yuma-case.ts';
import { CliError } from '../errors.ts';
import { fileError } from '../file-error.ts';
import { nearest } from '../nearest.ts';
import type { CommandContext } from './context.ts';
import { renderCsv } from './render/csv.ts';
import { type SimulationResult, simulationColumns } from './yuma-result.ts';

const LARGEST = 16 * 1024 * 1024;

/** A case from a file: CSV by its name's ending, else JSON. @throws CliError VALIDATION with a line, FILE_* */
export async function readCase(path: string): Promise<YumaCase> {
  let text: string;
  try {
    const { size } = await stat(path);
    if (size > LARGEST) {
      throw new CliError('FILE_TOO_LARGE', `${path} is larger than ${LARGEST} bytes.`, { data: { path } });
    }
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw fileError(error, 'The case cannot be read', path);
  }
  const parsed = extname(path).toLowerCase() === '.csv' ? parseCsvCase(text) : parseJsonCase(text);
  return parsed.title === '' ? { ...parsed, title: basename(path) } : parsed;
}

/** The folder of the examples that ship with the program. */
const examplesFolder = (root: string): string => join(root, 'assets', 'yuma');

/** @throws CliError VALIDATION with the examples there are */
export async function readExample(root: string, name: string): Promise<YumaCase> {
  const names = await exampleNames(root);
  if (names.includes(name)) return readCase(join(examplesFolder(root), `${name}.json`));
  const suggestion = nearest(name, names);
  throw new CliError('VALIDATION', `There is no example called "${name.slice(0, 60)}".`, {
    hints: [...(suggestion ? [`Did you mean ${suggestion}?`] : []), `Examples: ${names.join(', ')}.`],
    data: { examples: names, ...(suggestion ? { suggestion } : {}) },
  });
}

export async function listExamples(root: string): Promise<SimulationResult['examples']> {
  const names = await exampleNames(root);
  return Promise.all(
    names.map(async (name) => {
      const { title, why } = await readExample(root, name);
      return { name, title, why };
    }),
  );
}

async function exampleNames(root: string): Promise<string[]> {
  const files = await readdir(examplesFolder(root));
  return files
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .sort();
}

/** Writes the rows as CSV or the whole result as JSON, by the name's ending; asks before it replaces a file. */
export async function writeSimulation(context: CommandContext, path: string, result: SimulationResult): Promise<void> {
  const kind = extname(path).toLowerCase();
  if (kind !== '.csv' && kind !== '.json') {
    throw new CliError('USAGE', '--output needs a file that ends in .csv or .json.', { data: { path } });
  }
  const text = kind === '.csv' ? renderCsv(simulationColumns, result.rows) : `${JSON.stringify(result, null, 2)}\n`;
  try {
    await writeFile(path, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw fileError(error, 'The result cannot be written', path);
    await context.confirm(`${path} exists already. Replace it?`);
    await writeFile(path, text).catch((again) => {
      throw fileError(again, 'The result cannot be written', path);
    });
  }
}
