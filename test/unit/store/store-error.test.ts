import { describe, expect, it } from 'vitest';
import { guarded, StoreError, toStoreError } from '../../../src/lib/localnet/node/store/store-error.ts';

describe('toStoreError', () => {
  it.each([
    ['ENOSPC', 'full'],
    ['EDQUOT', 'full'],
    ['EROFS', 'read-only'],
    ['EACCES', 'read-only'],
    ['EPERM', 'read-only'],
    ['EIO', 'io'],
  ])('names %s %s', (code, expected) => {
    const cause = Object.assign(new Error(`${code}: something`), { code });
    const error = toStoreError(cause, 'the chain cannot be written', '/data');
    expect(error).toMatchObject({ name: 'StoreError', code: expected, path: '/data', cause });
    expect(error.message).toContain('the chain cannot be written');
  });

  it.each([
    ['No space left on device', 'full'],
    ['MDB_MAP_FULL: Environment mapsize limit reached', 'full'],
    ['Read-only file system', 'read-only'],
    ['MDB_CORRUPTED: Located page was wrong type', 'corrupt'],
    ['something else', 'io'],
  ])('reads the text of LMDB: %s', (text, expected) => {
    expect(toStoreError(new Error(text), 'x', '/data').code).toBe(expected);
  });

  it('keeps an error that has its type already', () => {
    const error = new StoreError('pruned', 'gone');
    expect(() =>
      guarded('x', '/data', () => {
        throw error;
      }),
    ).toThrow(error);
  });
});
