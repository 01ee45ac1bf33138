import { describe, expect, it } from 'vitest';
import { checkFile } from '../../src/lib/localnet/vectors/check-file.ts';
import { readVector } from '../helpers/read-vector.ts';

describe('recorded epoch vectors', () => {
  it.each([
    ['epoch-math-vectors', 1803],
    ['epoch-math-dense', 813],
    ['epoch-math-sparse', 192],
    ['epoch-cases', 120],
  ])('%s: every row equals', (name, rows) => {
    const report = checkFile(readVector(name));
    expect(report.firstDifferences).toEqual([]);
    expect(report).toMatchObject({ rows, equal: rows, different: 0 });
  });

  it('reports a falsified epoch term, and where it is', () => {
    const file = readVector('epoch-cases') as { cases: { terms: { dividend: number }[] }[] };
    const last = file.cases.length - 1;
    file.cases[last]!.terms[0]!.dividend += 1;
    const report = checkFile(file);
    expect(report.different).toBe(1);
    expect(report.firstDifferences[0]!.label).toBe(`cases[${last}] exact uid 0 dividend`);
  });
});
