import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isOwnFile } from '../../src/lib/own-file.ts';

let folder: string;
let file: string;
let descriptor: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'btcli-own-file-'));
  file = join(folder, 'file');
  writeFileSync(file, 'x');
  descriptor = openSync(file, 'r');
});
afterEach(() => {
  vi.restoreAllMocks();
  closeSync(descriptor);
  rmSync(folder, { recursive: true });
});

describe('a file', () => {
  it.each([
    [0o600, true],
    [0o644, true],
    [0o620, false],
    [0o602, false],
  ])("of the user with mode %o is the user's own: %s", (mode, own) => {
    chmodSync(file, mode);
    expect(isOwnFile(descriptor)).toBe(own);
  });

  it("of another user is not the user's own", () => {
    chmodSync(file, 0o600);
    vi.spyOn(process, 'geteuid').mockReturnValue(process.geteuid!() + 1);
    expect(isOwnFile(descriptor)).toBe(false);
  });
});
