import { type BenchRow, renderRows } from './bench/rows.ts';
import { startUp } from './bench/start-up.ts';

/** `npm run bench` prints a table; with --json one JSON document. Each suite returns rows; add yours to the list. */
const SUITES: readonly (() => Promise<BenchRow[]>)[] = [startUp];

const json = process.argv.includes('--json');
const rows: BenchRow[] = [];
for (const suite of SUITES) rows.push(...(await suite()));
console.log(json ? JSON.stringify({ node: process.version, rows }, null, 2) : renderRows(rows));
