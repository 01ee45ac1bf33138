import { CliError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import type { CommandIndex } from '../command-index.ts';
import { canonicalWords } from '../topics.ts';
import { errorDocument, helpDocument, successDocument, versionDocument } from './envelope.ts';
import type { ResultSpec, Schema } from './schema.ts';

/** Schemas of documents that belong to no command. */
const GENERAL: Readonly<Record<string, Schema<unknown>>> = {
  'error/v1': errorDocument,
  'help/v1': helpDocument,
  'version/v1': versionDocument,
};

/** The commands with the name of each one's schema. */
export function schemaNames(index: CommandIndex): { command: string; schema: string }[] {
  const commands = Object.entries(index.commands)
    .filter(([, entry]) => !entry.hidden)
    .map(([command, { schema }]) => ({ command, schema }))
    .sort((left, right) => (left.command < right.command ? -1 : 1));
  return [...commands, ...Object.keys(GENERAL).map((schema) => ({ command: '', schema }))];
}

/** The JSON Schema of a command's document, found by the command's words or the schema's name. */
export async function describeSchema(
  words: readonly string[],
  index: CommandIndex,
  resultOf: (id: string) => Promise<ResultSpec<unknown>>,
): Promise<{ schema: string; document: Record<string, unknown> }> {
  const name = words.join(' ');
  const general = GENERAL[name];
  if (general) return { schema: name, document: { ...general } };
  const wanted = canonicalWords(words).join(' ');
  const found = Object.entries(index.commands).find(
    ([id, entry]) => id === wanted || entry.aliases.includes(wanted) || entry.schema === name,
  );
  if (!found) {
    const names = [...Object.keys(index.commands), ...Object.keys(GENERAL)];
    const suggestion = nearest(wanted, names);
    throw new CliError('USAGE', `There is no schema for "${name.slice(0, 60)}".`, {
      hints: [...(suggestion ? [`Did you mean ${suggestion}?`] : []), 'btcli-ts schema lists all of them.'],
      data: suggestion ? { suggestion } : {},
    });
  }
  const spec = await resultOf(found[0]);
  return { schema: spec.id, document: { ...successDocument(spec) } };
}
