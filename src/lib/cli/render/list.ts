import { CliError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import { type Cell, type Column, cellOf } from './table.ts';

export interface ListOptions {
  readonly columns?: string | undefined;
  readonly sort?: string | undefined;
  /** btcli's way to say which way: any word that begins with `desc`, or `reverse`. */
  readonly sortOrder?: string | undefined;
  readonly filter?: readonly string[] | undefined;
}

/** The columns that a person asked for by --columns, else those shown by default. */
export function chooseColumns<R>(columns: readonly Column<R>[], wanted: string | undefined): Column<R>[] {
  if (wanted === undefined) return columns.filter((column) => !column.optional);
  // What was asked for is not spared.
  return wanted.split(',').map((name) => {
    const { spare: _spare, ...column } = columnByName(columns, name);
    return column;
  });
}

/** Applies --filter (all must match) and --sort. */
export function arrangeRows<R>(columns: readonly Column<R>[], rows: readonly R[], options: ListOptions): R[] {
  const tests = (options.filter ?? []).map((text) => parseFilter(columns, text));
  const kept = rows.filter((row) => tests.every((test) => test(row)));
  const { sort, sortOrder = '' } = options;
  const isReversed = /^desc|^reverse$/i.test(sortOrder);
  if (sort === undefined) return isReversed ? kept.reverse() : kept;
  const column = columnByName(columns, sort.replace(/^-|:(asc|desc)$/g, ''));
  const isDescending = sort.startsWith('-') || sort.endsWith(':desc');
  return kept.sort((left, right) =>
    compare(cellOf(column, left), cellOf(column, right), isDescending !== isReversed ? -1 : 1),
  );
}

function parseFilter<R>(columns: readonly Column<R>[], text: string): (row: R) => boolean {
  const match = /^\s*([\w-]+)\s*(!=|<=|>=|=|<|>|~)\s*(.*?)\s*$/s.exec(text);
  if (!match) {
    throw new CliError('USAGE', `"${text.slice(0, 60)}" is not a filter.`, {
      hints: ["Write COLUMN=VALUE, with = != < <= > >= or ~ (contains), in quotes: --filter 'netuid>=5'."],
    });
  }
  const [, name = '', operator = '=', wanted = ''] = match;
  const column = columnByName(columns, name);
  return (row) => {
    const value = cellOf(column, row);
    if (operator === '~')
      return String(value ?? '')
        .toLowerCase()
        .includes(wanted.toLowerCase());
    const order = compare(value, wanted);
    switch (operator) {
      case '=':
        return order === 0;
      case '!=':
        return order !== 0;
      case '<':
        return order < 0;
      case '<=':
        return order <= 0;
      case '>':
        return order > 0;
      default:
        return order >= 0;
    }
  };
}

function columnByName<R>(columns: readonly Column<R>[], name: string): Column<R> {
  const wanted = simplify(name);
  const found = columns.find((column) => simplify(column.key) === wanted || simplify(column.header) === wanted);
  if (found) return found;
  const keys = columns.map((column) => column.key);
  const near = nearest(
    name.trim(),
    columns.flatMap(({ key, header }) => [key, header]),
  );
  const suggestion = columns.find(({ key, header }) => key === near || header === near)?.key;
  throw new CliError('USAGE', `There is no column called "${name.trim().slice(0, 60)}".`, {
    hints: [...(suggestion ? [`Did you mean ${suggestion}?`] : []), `Columns: ${keys.join(', ')}.`],
    data: { columns: keys, ...(suggestion ? { suggestion } : {}) },
  });
}

function simplify(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Numbers as numbers (exactly, however long), everything else as text; absent values come last, whichever way. */
function compare(left: Cell, right: Cell, sign: 1 | -1 = 1): number {
  if (left === null || left === undefined) return right === null || right === undefined ? 0 : 1;
  if (right === null || right === undefined) return -1;
  const leftNumber = decimal(String(left));
  const rightNumber = decimal(String(right));
  if (leftNumber !== undefined && rightNumber !== undefined) {
    return leftNumber < rightNumber ? -sign : leftNumber > rightNumber ? sign : 0;
  }
  return sign * String(left).localeCompare(String(right), 'en', { sensitivity: 'base' });
}

/** A decimal number scaled by 10¹⁸, or undefined. */
function decimal(text: string): bigint | undefined {
  const match = /^(-?)(\d+)(?:\.(\d{1,18}))?$/.exec(text.trim());
  if (!match) return undefined;
  const magnitude = BigInt(match[2]! + (match[3] ?? '').padEnd(18, '0'));
  return match[1] === '-' ? -magnitude : magnitude;
}
