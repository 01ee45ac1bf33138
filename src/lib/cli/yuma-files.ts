import { createReadStream } from 'node:fs';
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
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
  const bytes = await readBounded(path);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CliError('VALIDATION', `${path}: it is not UTF-8 text.`, {
      hints: ['Save it as UTF-8; spreadsheets call it "CSV UTF-8".'],
      data: { path },
    });
  }
  const parsed = parseCase(path, text);
  return parsed.title === '' ? { ...parsed, title: basename(path) } : parsed;
}

/** A pipe or a device does not say how long it is: reads no more than a case may have. */
async function readBounded(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of createReadStream(path, { end: LARGEST }) as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
    }
  } catch (error) {
    throw fileError(error, 'The case cannot be read', path);
  }
  if (length <= LARGEST) return Buffer.concat(chunks);
  throw new CliError('FILE_TOO_LARGE', `${path} is larger than ${LARGEST} bytes.`, { data: { path } });
}

function parseCase(path: string, text: string): YumaCase {
  try {
    return extname(path).toLowerCase() === '.csv' ? parseCsvCase(text) : parseJsonCase(text);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    const { code, message, hints, data } = error;
    throw new CliError(code, `${path}: ${message}`, { hints, data: { ...data, path } });
  }
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
  const isThere = await stat(path).then(
    () => true,
    () => false,
  );
  if (isThere) await context.confirm(`${path} exists already. Replace it?`);
  // Beside its place first, so that a full disk leaves neither half a file nor half of an old one.
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text, { flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    throw fileError(error, 'The result cannot be written', path);
  } finally {
    await rm(temporary, { force: true }).catch(() => {});
  }
}
