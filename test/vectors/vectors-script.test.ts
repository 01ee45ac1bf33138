import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../helpers/project-root.ts';
import { vectorPath } from '../helpers/read-vector.ts';

describe('npm run vectors', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'vectors-'));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  function run(...files: string[]) {
    const result = spawnSync(process.execPath, ['scripts/run.mjs', 'vectors', ...files], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    return { code: result.status, out: result.stdout, err: result.stderr };
  }

  function write(name: string, content: string): string {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  }

  it('passes with 0 on files that agree, plain or gzip, under any name', () => {
    const plain = write(
      'anything.txt',
      execFileSync('gzip', ['-dc', vectorPath('burn-and-lock')], { encoding: 'utf8' }),
    );
    const { code, out } = run(plain, vectorPath('swap-balancer'));
    expect(out).toContain('anything.txt (burn and lock): rows 876, equal 876, different 0\n');
    expect(out).toContain('rows 1492, equal 1492, different 0\n');
    expect(code).toBe(0);
  });

  it('has nothing to compare in a file of timings', () => {
    const { code, out } = run(vectorPath('native-timings'));
    expect(out).toContain('(timings): rows 0, equal 0, different 0; see npm run bench\n');
    expect(code).toBe(0);
  });

  it('fails with 1 on a difference and shows it', () => {
    const { code, out } = run(
      write('wrong.json', '{"I96F32_log2":{"rows":[["4294967296","1"],["8589934592","4294967296"]]}}'),
    );
    expect(out).toContain('rows 2, equal 1, different 1\n  I96F32_log2[0] log2\n    ours:   "0"\n    theirs: "1"\n');
    expect(code).toBe(1);
  });

  it('fails with 2 on files that it cannot use', () => {
    const { code, err } = run(
      join(directory, 'absent.json'),
      write('text.json', 'no JSON'),
      write('other.json', '{"a":1}'),
    );
    expect(err).toMatch(/absent\.json: ENOENT/);
    expect(err).toMatch(/text\.json: .*JSON/);
    expect(err).toMatch(/other\.json: not a known vector format/);
    expect(code).toBe(2);
    expect(run().code).toBe(2);
  });
});
