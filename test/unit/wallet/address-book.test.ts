import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { AddressBook, findEntry } from '../../../src/lib/wallet/address-book.ts';
import { faultyFileSystem } from './faulty-file-system.ts';
import { failsWith, removeTemporaryFolders, temporaryFolder } from './fixtures.ts';

afterAll(removeTemporaryFolders);

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';

let book: AddressBook;
beforeEach(async () => {
  book = new AddressBook(join(await temporaryFolder(), 'config', 'addresses.json'));
});

describe('address book', () => {
  it('adds, lists, finds, updates and removes', async () => {
    expect(await book.list()).toEqual([]);
    await book.add({ name: 'zed', address: ALICE });
    await book.add({ name: 'Bob 2', address: BOB, note: 'exchange' });
    expect((await book.list()).map((entry) => entry.name)).toEqual(['Bob 2', 'zed']);
    expect(findEntry(await book.list(), 'bob 2')).toEqual({ address: BOB, name: 'Bob 2', note: 'exchange' });
    expect(findEntry(await book.list(), 'bob')).toBeUndefined();
    expect(await book.update('BOB 2', { name: 'bob', address: ALICE })).toEqual({
      name: 'bob',
      address: ALICE,
      note: 'exchange',
    });
    await book.update('bob', { name: 'Bob' });
    expect((await book.remove('zed')).address).toBe(ALICE);
    expect((await book.list()).map((entry) => entry.name)).toEqual(['Bob']);
    expect((await stat(book.path)).mode & 0o777).toBe(0o600);
  });

  it('names are unique whatever their case, and never addresses', async () => {
    await book.add({ name: 'bob', address: BOB });
    await book.add({ name: 'alice', address: ALICE });
    const error = await failsWith('ADDRESS_BOOK_DUPLICATE', book.add({ name: 'BOB', address: ALICE }));
    expect(error.data.address).toBe(BOB);
    await failsWith('ADDRESS_BOOK_DUPLICATE', book.update('alice', { name: 'Bob' }));
    for (const name of ['', ' x', 'a\nb', 'a\u202eb', ALICE, 'x'.repeat(65)])
      await failsWith('NAME_INVALID', book.add({ name, address: BOB }));
  });

  it('says what is unknown or wrong', async () => {
    await book.add({ name: 'treasury', address: BOB });
    const error = await failsWith('ADDRESS_BOOK_UNKNOWN', book.remove('treasurer'));
    expect(error.hints.join()).toContain('treasury');
    await failsWith('ADDRESS_BOOK_UNKNOWN', book.remove('nobody'));
    await failsWith('ADDRESS_BOOK_UNKNOWN', book.update('nobody', { address: BOB }));
    await failsWith('ADDRESS_INVALID', book.add({ name: 'x', address: `${ALICE.slice(0, -1)}Z` }));
    await failsWith(
      'ADDRESS_INVALID',
      book.add({ name: 'x', address: '15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5' }),
    );
  });

  it('never writes over a book that it cannot read', async () => {
    await book.add({ name: 'bob', address: BOB });
    for (const content of [
      '',
      '{',
      '{"version":2,"addresses":[]}',
      '{"version":1}',
      `{"version":1,"addresses":[{"name":"a","address":"5x"}]}`,
      `{"version":1,"addresses":[{"name":"a","address":"${BOB}"},{"name":"A","address":"${ALICE}"}]}`,
    ]) {
      await writeFile(book.path, content);
      await failsWith('ADDRESS_BOOK_CORRUPT', book.add({ name: 'x', address: ALICE }));
      expect(await readFile(book.path, 'utf8')).toBe(content);
    }
  });

  it('is refused when other users could change it', async () => {
    await book.add({ name: 'bob', address: BOB });
    await chmod(book.path, 0o666);
    await failsWith('FILE_EXPOSED', book.list());
  });

  it.each(['crash', 'ENOSPC'] as const)('%s at any point leaves the old book or the new one', async (kind) => {
    await book.add({ name: 'first', address: ALICE });
    const outcomes = new Set<number>();
    for (let point = 0; ; point++) {
      const copy = join(await temporaryFolder(), 'addresses.json');
      await writeFile(copy, await readFile(book.path), { mode: 0o600 });
      const files = faultyFileSystem(point, kind);
      const added = await new AddressBook(copy, files).add({ name: 'second', address: BOB }).then(
        () => true,
        () => false,
      );
      const names = (await new AddressBook(copy).list()).map(({ name }) => name);
      expect(names[0]).toBe('first');
      expect(names.slice(1)).toEqual(names.length === 1 ? [] : ['second']);
      outcomes.add(names.length);
      if (files.struck) continue;
      expect(added).toBe(true);
      break;
    }
    expect([...outcomes].sort()).toEqual([1, 2]);
  });

  it('loses nothing when several write at the same time', async () => {
    await Promise.all(Array.from({ length: 10 }, (_, i) => book.add({ name: `n${i}`, address: BOB })));
    expect(await book.list()).toHaveLength(10);
  });
});
