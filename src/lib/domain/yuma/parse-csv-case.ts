import { nearest } from '../../nearest.ts';
import { caseError, checkName, quoted } from './case-error.ts';
import { parseDecimal } from './parse-decimal.ts';
import { buildCase, type CaseChange, MOST_EPOCHS, type WeightRow, type YumaCase } from './yuma-case.ts';

const HEADER = ['epoch', 'item', 'neuron', 'target', 'value'] as const;
const ITEMS = ['stake', 'weight', 'register', 'parameter', 'end'] as const;

interface Row {
  readonly line: number;
  readonly epoch: number;
  readonly item: (typeof ITEMS)[number];
  readonly neuron: string;
  readonly target: string;
  readonly value: string;
}

/**
 * Reads a case from CSV with the columns epoch, item, neuron, target, value, one change a line, epochs ascending from 1:
 * `1,stake,Alice,,1000` · `1,weight,Alice,Miner,0.5` · `7,register,Miner,,` · `1,parameter,,kappa,32767` · `40,end,,,` (the last epoch).
 * All weights that a neuron gives in one epoch are its whole row. Uids follow the order in which neurons first appear.
 *
 * @throws CliError VALIDATION with the line
 */
export function parseCsvCase(text: string): YumaCase {
  const rows = readRows(text);
  const neurons = [
    ...new Set(
      rows.flatMap(({ item, neuron, target }) => (item === 'parameter' || item === 'end' ? [] : [neuron, target])),
    ),
  ].filter((name) => name !== '');
  const epochs = [...new Set(rows.map(({ epoch }) => epoch))];
  const changes = epochs.flatMap((epoch, index): CaseChange[] => {
    const own = rows.filter((row) => row.epoch === epoch);
    const next = epochs[index + 1];
    return [{ ...readChange(own), epochs: (next ?? epoch + 1) - epoch }];
  });
  return buildCase({ title: '', why: '', neurons }, changes);
}

function readChange(rows: readonly Row[]): Omit<CaseChange, 'epochs'> {
  const of = (wanted: Row['item']): Row[] => rows.filter(({ item }) => item === wanted);
  const parameters = new Set<string>();
  for (const { line, target } of of('parameter')) {
    if (parameters.has(target)) throw caseError(line, `${quoted(target)} is set twice in an epoch.`);
    parameters.add(target);
  }
  const byFrom = new Map<string, Row[]>();
  for (const row of of('weight')) byFrom.set(row.neuron, [...(byFrom.get(row.neuron) ?? []), row]);
  return {
    line: rows[0]!.line,
    stakes: of('stake').map(({ line, neuron, value }) => ({ line, neuron, rao: parseDecimal(value, 'a stake', line) })),
    weights: [...byFrom].map(
      ([from, given]): WeightRow => ({
        ...{ from, line: given[0]!.line },
        to: given.map(({ line, target, value }) => ({
          line,
          neuron: target,
          weight: parseDecimal(value, 'a weight', line),
        })),
      }),
    ),
    registered: of('register').map(({ line, neuron }) => ({ line, neuron })),
    parameters: of('parameter').map(({ line, target, value }) => ({ line, name: target, text: value })),
  };
}

function readRows(text: string): Row[] {
  const records = parseCsv(text.replace(/^\ufeff/, ''));
  const [header, ...lines] = records;
  if (header?.cells.join() !== HEADER.join()) throw caseError(1, `the first line must be ${HEADER.join()}.`);
  const rows = lines.map(readRow);
  if (rows.length === 0) throw caseError(1, 'there are no epochs.');
  if (rows[0]!.epoch !== 1) throw caseError(rows[0]!.line, 'the first epoch must be 1.');
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    if (before && row.epoch < before.epoch)
      throw caseError(row.line, `epoch ${row.epoch} comes after epoch ${before.epoch}.`);
    if (before?.item === 'end') throw caseError(row.line, 'nothing may follow the end.');
  }
  return rows;
}

function readRow({ line, cells }: CsvRecord): Row {
  if (cells.length !== HEADER.length) {
    throw caseError(line, `${HEADER.length} columns are needed, found ${cells.length}.`);
  }
  const [epochText = '', item = '', neuron = '', target = '', value = ''] = cells;
  if (!/^[1-9]\d{0,5}$/.test(epochText) || Number(epochText) > MOST_EPOCHS) {
    throw caseError(line, `an epoch is a whole number from 1 to ${MOST_EPOCHS}; found ${quoted(epochText)}.`);
  }
  const known = ITEMS.find((name) => name === item);
  if (!known) {
    const suggestion = nearest(item, ITEMS);
    throw caseError(
      line,
      `there is no item ${quoted(item)}${suggestion ? `; did you mean ${suggestion}?` : `; known: ${ITEMS.join(', ')}.`}`,
    );
  }
  const row: Row = { line, epoch: Number(epochText), item: known, neuron, target, value };
  checkColumns(row);
  checkName(neuron, line);
  if (known === 'weight') checkName(target, line);
  return row;
}

/** The columns that each kind of line fills; the others stay empty. */
const FILLED: Readonly<Record<Row['item'], readonly ('neuron' | 'target' | 'value')[]>> = {
  stake: ['neuron', 'value'],
  weight: ['neuron', 'target', 'value'],
  register: ['neuron'],
  parameter: ['target', 'value'],
  end: [],
};

function checkColumns(row: Row): void {
  for (const column of ['neuron', 'target', 'value'] as const) {
    const filled = FILLED[row.item].includes(column);
    if (filled === (row[column] !== '')) continue;
    throw caseError(row.line, `a line of ${row.item} ${filled ? 'needs' : 'leaves out'} the column ${column}.`);
  }
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** RFC 4180, without empty lines; cells are trimmed unless quoted. */
function parseCsv(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let line = 1;
  let start = 1;
  let cells: string[] = [];
  const cell = /[ \t]*"((?:[^"]|"")*)"[ \t]*(,|\r?\n|$)|([^",\r\n]*)(,|\r?\n|$)/y;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const match = cell.exec(text);
    if (!match) throw caseError(line, `a quote stands where it may not: ${quoted(text.slice(at, at + 40))}.`);
    const [, quotedCell, quotedEnd, plain = '', plainEnd] = match;
    const end = quotedEnd ?? plainEnd ?? '';
    cells.push(quotedCell === undefined ? plain.trim() : quotedCell.replaceAll('""', '"'));
    line += (quotedCell ?? '').split('\n').length - 1;
    if (end === ',') {
      if (cell.lastIndex === text.length) cells.push('');
      else continue;
    }
    if (cells.length > 1 || cells[0] !== '') records.push({ line: start, cells });
    cells = [];
    if (end !== ',') line += end === '' ? 0 : 1;
    start = line;
    if (cell.lastIndex === text.length) break;
  }
  return records;
}
