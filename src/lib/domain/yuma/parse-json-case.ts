import { nearest } from '../../nearest.ts';
import { caseError, checkName, quoted } from './case-error.ts';
import { type Entry, type Located, parseLocatedJson } from './located-json.ts';
import { parseDecimal } from './parse-decimal.ts';
import { buildCase, type CaseChange, MOST_EPOCHS, type WeightRow, type YumaCase } from './yuma-case.ts';

const TOP = ['title', 'why', 'neurons', 'parameters', 'epochs'];
const EPOCH = ['epochs', 'stakes', 'weights', 'registered', 'parameters'];

/**
 * Reads a case from JSON:
 * `{title?, why?, neurons: [name…], parameters?: {…}, epochs: [{epochs?: 5, stakes?: {name: amount}, weights?: {name: {name: weight}},
 * registered?: [name…], parameters?: {…}}…]}`. What an entry leaves out stays as it was.
 *
 * @throws CliError VALIDATION with the line
 */
export function parseJsonCase(text: string): YumaCase {
  const top = fieldsOf(parseLocatedJson(text), 'the case', TOP);
  const neurons = names(required(top, 'neurons', 1), 'neurons');
  const changes = itemsOf(required(top, 'epochs', 1), 'epochs').map(readEpoch);
  const parameters = top.get('parameters');
  const [first, ...rest] = changes;
  const all =
    first && parameters
      ? [{ ...first, parameters: [...readParameters(parameters), ...first.parameters] }, ...rest]
      : changes;
  return buildCase({ title: optionalText(top, 'title'), why: optionalText(top, 'why'), neurons }, all);
}

function readEpoch(value: Located): CaseChange {
  const fields = fieldsOf(value, 'an epoch', EPOCH);
  const [stakes, weights, registered, parameters] = ['stakes', 'weights', 'registered', 'parameters'].map((key) =>
    fields.get(key),
  );
  return {
    line: value.line,
    epochs: countOf(fields.get('epochs')),
    stakes: entriesOf(stakes, 'stakes').map(({ key, line, value: amount }) => ({
      ...{ neuron: key, line },
      rao: parseDecimal(textOf(amount, 'a stake'), 'a stake', amount.line),
    })),
    weights: entriesOf(weights, 'weights').map(readRow),
    registered: registered ? locatedNames(registered, 'registered') : [],
    parameters: parameters ? readParameters(parameters) : [],
  };
}

function readRow({ key, line, value }: Entry): WeightRow {
  const to = entriesOf(value, 'weights').map(({ key: neuron, line: at, value: weight }) => ({
    ...{ neuron, line: at },
    weight: parseDecimal(textOf(weight, 'a weight'), 'a weight', weight.line),
  }));
  return { from: key, line, to };
}

function readParameters(value: Located): { line: number; name: string; text: string }[] {
  return entriesOf(value, 'parameters').map(({ key, line, value: parameter }) => ({
    ...{ name: key, line },
    text:
      parameter.kind === 'boolean'
        ? String(parameter.value)
        : parameter.kind === 'null'
          ? 'null'
          : textOf(parameter, key),
  }));
}

function countOf(value: Located | undefined): number {
  if (!value) return 1;
  const text = textOf(value, 'epochs');
  if (/^\d{1,6}$/.test(text) && Number(text) >= 1 && Number(text) <= MOST_EPOCHS) return Number(text);
  throw caseError(
    value.line,
    `"epochs" of an entry says for how many epochs it holds, 1 to ${MOST_EPOCHS}; found ${quoted(text)}.`,
  );
}

function fieldsOf(value: Located, what: string, known: readonly string[]): Map<string, Located> {
  const fields = new Map<string, Located>();
  for (const { key, line, value: field } of entriesOf(value, what)) {
    if (!known.includes(key)) {
      const suggestion = nearest(key, known);
      throw caseError(
        line,
        `${what} has no field ${quoted(key)}${suggestion ? `; did you mean ${suggestion}?` : `; known: ${known.join(', ')}.`}`,
      );
    }
    fields.set(key, field);
  }
  return fields;
}

function entriesOf(value: Located | undefined, what: string): readonly Entry[] {
  if (!value) return [];
  if (value.kind === 'object') return value.entries;
  throw caseError(value.line, `${what} must be an object in braces.`);
}

function itemsOf(value: Located, what: string): readonly Located[] {
  if (value.kind === 'array') return value.items;
  throw caseError(value.line, `${what} must be a list in brackets.`);
}

function textOf(value: Located, what: string): string {
  if (value.kind === 'string' || value.kind === 'number') return value.text;
  throw caseError(value.line, `${what} must be a number or a text.`);
}

function required(fields: ReadonlyMap<string, Located>, key: string, line: number): Located {
  const value = fields.get(key);
  if (!value) throw caseError(line, `${quoted(key)} is missing.`);
  return value;
}

function optionalText(fields: ReadonlyMap<string, Located>, key: string): string {
  const value = fields.get(key);
  return value ? textOf(value, key) : '';
}

function locatedNames(value: Located, what: string): { line: number; neuron: string }[] {
  return itemsOf(value, what).map((item) => ({ line: item.line, neuron: textOf(item, 'a name') }));
}

function names(value: Located, what: string): string[] {
  const seen = new Set<string>();
  for (const { neuron, line } of locatedNames(value, what)) {
    if (neuron === '' || seen.has(neuron))
      throw caseError(line, `the neuron ${quoted(neuron)} is empty or stands twice.`);
    checkName(neuron, line);
    seen.add(neuron);
  }
  return [...seen];
}
