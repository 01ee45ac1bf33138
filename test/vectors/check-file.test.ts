import { describe, expect, it } from 'vitest';
import { checkFile } from '../../src/lib/localnet/vectors/check-file.ts';
import { compareRow } from '../../src/lib/localnet/vectors/format.ts';
import { VectorFormatError } from '../../src/lib/localnet/vectors/json.ts';
import { formats } from '../../src/lib/localnet/vectors/registry.ts';
import { readVector } from '../helpers/read-vector.ts';

type Path = readonly (string | number)[];

/** Replaces the value at a path; the file is a fresh parse each time. */
function replace(json: unknown, path: Path, value: unknown): unknown {
  let parent = json as Record<string | number, unknown>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string | number, unknown>;
  expect(parent[path.at(-1)!], path.join('.')).toBeDefined();
  parent[path.at(-1)!] = value;
  return json;
}

describe('checkFile', () => {
  /** One recorded result of every section, replaced by something that cannot be right. */
  const results: readonly (readonly [string, Path])[] = [
    ['fixed-arith-1', ['I64F64', 'binary', 17, 4]],
    ['fixed-arith-1', ['U64F64', 'unary', 17, 18]],
    ['fixed-arith-2', ['U96F32', 'binary', 443, 12]],
    ['fixed-transcendental', ['I32F32_iter_sum_release', 'rows', 39, 1]],
    ['fixed-transcendental', ['I32F32_transcendental', 'rows', 339, 7]],
    ['fixed-transcendental', ['I64F64_transcendental', 'rows', 3, 3]],
    ['fixed-transcendental', ['I96F32_log2', 'rows', 299, 1]],
    ['fixed-transcendental', ['U64F64_safemath', 'rows', 1, 6]],
    ['fixed-transcendental', ['saturating_from_f64', 'rows', 5, 8]],
    ['fixed-transcendental', ['saturating_from_u64', 'rows', 5, 5]],
    ['block-emission', ['rows', 802, 3]],
    ['block-emission', ['boundaries', 29, 'emission_from_here']],
    ['swap-balancer', ['exp_and_price', 'rows', 399, 8]],
    ['swap-balancer', ['limit_price_deltas', 'rows', 1, 5]],
    ['swap-balancer', ['perquintill_from_rational', 'rows', 1, 2]],
    ['swap-balancer', ['pow_ratio_scaled', 'rows', 1, 5]],
    ['swap-balancer', ['update_weights_for_added_liquidity', 'rows', 1, 6]],
    ['share-pool', ['chains', 'chains', 13, 'steps', 69, 6, 0]],
    ['share-pool', ['safe_float_new', 'rows', 3, 2]],
    ['share-pool', ['safe_float_from_U64F64', 'rows', 3, 1]],
    ['share-pool', ['safe_float_ops', 'rows', 3, 8]],
    ['burn-and-lock', ['trajectory', 'rows', 11, 5, 1, 2]],
    ['burn-and-lock', ['trajectory', 'rows', 419, 4]],
    ['burn-and-lock', ['decay_factor_q32', 'rows', 3, 2, 0, 1]],
    ['burn-and-lock', ['exp_decay', 'rows', 3, 2]],
    ['burn-and-lock', ['network_lock_cost', 'rows', 3, 6]],
    ['emission-functions', ['emission_shares', 'cases', 0, 'excess_tao', 4]],
    ['emission-functions', ['emission_shares', 'cases', 0, 'root_sell_flag']],
    ['emission-functions', ['root_proportion', 'rows', 3, 6]],
    ['emission-functions', ['update_moving_price', 'rows', 3, 8]],
    ['ema-burn-derived-vectors', ['burn_decay_factor_q32', '7200']],
    ['ema-burn-derived-vectors', ['burn_decay_from_1e9_half_life_360', 'rows', 6, 1]],
    ['ema-burn-derived-vectors', ['ema', 'price_bits_u64f64_to_rows', '18446744073709551616', 12, 1]],
  ];

  it.each(results)('%s: a wrong result at %j is found', (name, path) => {
    const report = checkFile(replace(readVector(name), path, '31415'));
    expect(report.different).toBeGreaterThan(0);
    expect(report.equal).toBe(report.rows - report.different);
    expect(report.firstDifferences[0]!.theirs).toContain('31415');
  });

  it('reports at most ten differences and counts all', () => {
    const json = readVector('block-emission') as { rows: unknown[][] };
    for (const row of json.rows) row[1] = '8';
    const report = checkFile(json);
    expect(report.different).toBe(803);
    expect(report.firstDifferences).toHaveLength(10);
  });

  it.each([
    ['a list', [1, 2]],
    ['an empty object', {}],
    ['null', null],
    ['unknown keys', { surprise: 1 }],
  ])('does not recognise %s', (_, json) => {
    expect(() => checkFile(json)).toThrow(VectorFormatError);
  });

  it('refuses a file without rows, with a broken row, or with a result cut off', () => {
    expect(() => checkFile({ I96F32_log2: { rows: [] } })).toThrow('no rows');
    expect(() => checkFile({ I96F32_log2: { rows: [['many', '0']] } })).toThrow('not an integer');
    expect(() => checkFile({ I96F32_log2: { rows: [['4294967296']] } })).toThrow('has no log2');
    expect(() => checkFile({ I96F32_log2: { rows: 'none' } })).toThrow('not a list');
  });

  it('has one name per format', () => {
    expect(new Set(formats.map((format) => format.name)).size).toBe(formats.length);
  });
});

describe('compareRow', () => {
  it('treats integers and decimal strings alike, and nothing else', () => {
    expect(compareRow('r', [['n', 12n, '12']]).equal).toBe(true);
    expect(compareRow('r', [['n', [1n, null], ['1', null]]]).equal).toBe(true);
    expect(compareRow('r', [['n', null, '0']]).equal).toBe(false);
    expect(compareRow('r', [['n', true, 'true']]).equal).toBe(false);
  });

  it('names the first result that differs', () => {
    const row = compareRow('t[3]', [
      ['a', 1n, '1'],
      ['b', 2n, '3'],
      ['c', 4n, '5'],
    ]);
    expect(row).toEqual({ label: 't[3] b', equal: false, ours: '"2"', theirs: '"3"' });
  });
});
