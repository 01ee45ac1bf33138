import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../helpers/run-cli.ts';
import { type WalletHome, walletHome } from '../helpers/wallet-home.ts';

const ALICE = '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY';
const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';

let it_: WalletHome;
const book = (): string => join(it_.home, '.local', 'share', 'btcli-ts', 'address-book.json');
beforeAll(() => {
  it_ = walletHome();
});

describe('address book', () => {
  it('adds, lists, updates and removes', async () => {
    expect((await it_.data(['address', 'list'])).addresses).toEqual([]);
    const added = await it_.data(['address', 'add', 'exchange', ALICE, '--note', 'deposit']);
    expect(added).toEqual({ entry: { name: 'exchange', address: ALICE, note: 'deposit' }, written: true });
    expect(statSync(book()).mode & 0o777).toBe(0o600);
    await it_.data(['address', 'add', '--name', 'friend', '--address', BOB]);
    expect((await it_.data(['address', 'list'])).addresses.map(({ name }: { name: string }) => name)).toEqual([
      'exchange',
      'friend',
    ]);
    const { stdout } = await runCli(['address', 'list', '--csv'], { home: it_.home });
    expect(stdout.split('\n').slice(0, 2)).toEqual(['name,address,note', `exchange,${ALICE},deposit`]);
    const updated = await it_.data(['address', 'update', 'friend', '--new-name', 'bob']);
    expect(updated.entry).toEqual({ name: 'bob', address: BOB });
    await it_.fails(['address', 'update', 'bob', '--ss58', ALICE], 'CONFIRMATION_REQUIRED', 14);
    expect((await it_.data(['address', 'update', 'bob', '--ss58', 'exchange', '--yes'])).entry.address).toBe(ALICE);
    await it_.fails(['address', 'remove', 'bob'], 'CONFIRMATION_REQUIRED', 14);
    expect((await it_.data(['address', 'remove', 'bob', '--dry-run'])).written).toBe(false);
    expect((await it_.data(['address', 'remove', 'bob', '--yes'])).entry.name).toBe('bob');
    expect((await it_.data(['address', 'list'])).addresses).toHaveLength(1);
  });

  it('names what is wrong', async () => {
    await it_.fails(['address', 'add', 'Exchange', BOB], 'ADDRESS_BOOK_DUPLICATE', 12);
    await it_.fails(['address', 'add', 'x', `${BOB.slice(0, -1)}Z`], 'ADDRESS_INVALID', 12);
    await it_.fails(['address', 'add', ALICE, BOB], 'NAME_INVALID', 12);
    await it_.fails(['address', 'add', 'x'], 'INPUT_REQUIRED', 2);
    const missing = await it_.fails(['address', 'add'], 'INPUT_REQUIRED', 2);
    expect(missing.data.needs.map(({ flag }: { flag: string }) => flag)).toEqual(['--name', '--ss58']);
    const near = await it_.fails(['address', 'remove', 'exchang', '--yes'], 'ADDRESS_BOOK_UNKNOWN', 12);
    expect(near.data.suggestion).toBe('exchange');
    await it_.fails(['address', 'update', 'exchange'], 'INPUT_REQUIRED', 2);
    // A polkadot address (format 0) is told apart from a typo.
    const polkadot = await it_.fails(
      ['address', 'add', 'x', '15oF4uVJwmo4TdGW7VfQxNLavjCXviqxT9S1MgbjMNHr6Sp5'],
      'ADDRESS_INVALID',
      12,
    );
    expect(polkadot.hints.join(' ')).toContain(ALICE);
  });

  it('stands for addresses elsewhere, and a name that means two things is refused', async () => {
    const watch = await it_.data(['wallet', 'regen-coldkeypub', '--wallet-name', 'w1', '--ss58', 'EXCHANGE']);
    expect(watch.key.address).toBe(ALICE);
    await it_.data(['wallet', 'regen-coldkeypub', '--wallet-name', 'exchange', '--ss58', BOB]);
    const error = await it_.fails(
      ['wallet', 'regen-coldkeypub', '--wallet-name', 'w2', '--ss58', 'exchange'],
      'VALIDATION',
      12,
    );
    expect(error.data).toEqual({ addressBook: ALICE, wallet: BOB });
  });

  it('is left alone when it is damaged', async () => {
    writeFileSync(book(), '{"version":1,');
    await it_.fails(['address', 'list'], 'ADDRESS_BOOK_CORRUPT', 16);
    await it_.fails(['address', 'add', 'y', BOB], 'ADDRESS_BOOK_CORRUPT', 16);
    expect(readFileSync(book(), 'utf8')).toBe('{"version":1,');
  });
});

describe('wallet list and show', () => {
  it('shows wallets with what is wrong, as a tree, a table and CSV', async () => {
    const own = walletHome();
    const empty = await runCli(['wallet', 'list'], { home: own.home });
    expect(empty.stdout).toMatch(/No wallet yet/);
    own.copy('cold12-nacl', 'savings');
    own.copy('hot12-plain', 'miner');
    own.copy('pubonly', 'watch');
    own.copy('cold12-plain', 'broken');
    writeFileSync(join(own.wallets, 'broken', 'coldkeypub.txt'), 'nonsense');
    const { wallets } = await own.data(['wallet', 'list']);
    expect(wallets.map(({ name }: { name: string }) => name)).toEqual(['broken', 'miner', 'savings', 'watch']);
    expect(wallets[0].coldkey).toMatchObject({ address: null, problem: expect.any(String) });
    expect(wallets[1]).toMatchObject({ coldkey: null, hotkeys: [{ name: 'hk1', protection: 'none' }] });
    expect(wallets[2].coldkey).toMatchObject({ protection: 'nacl', keyType: 'sr25519' });
    expect(wallets[3].coldkey).toMatchObject({ protection: 'absent', address: ALICE });
    const tree = await runCli(['wallet', 'list'], { home: own.home });
    expect(tree.stdout).toMatch(/savings\n {2}coldkey {2}5\w{47} {2}encrypted/);
    const csv = await runCli(
      ['w', 'list', '--coldkeys-only', '--csv', '--columns', 'name,protection', '--filter', 'protection=nacl'],
      {
        home: own.home,
      },
    );
    expect(csv.stdout).toBe('name,protection\nsavings,nacl\n');
    const shown = await own.data(['wallet', 'show', '--wallet-name', 'savings']);
    expect(shown).toMatchObject({ wallet: { name: 'savings' } });
    const error = await own.fails(['wallet', 'show', '--wallet-name', 'saving'], 'WALLET_NOT_FOUND', 16);
    expect(error.data.suggestion).toBe('savings');
  });
});
