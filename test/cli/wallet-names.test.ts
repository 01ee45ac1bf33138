import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { ROOT } from '../helpers/project-root.ts';
import { type WalletHome, walletHome } from '../helpers/wallet-home.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** Names of the address book stand for addresses in every command and option that takes one. */

const FRIEND = '5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy';
const ED25519 = '5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu';

let it_: WalletHome;
let validator: string;

beforeAll(async () => {
  it_ = walletHome();
  await it_.data(['wallet', 'create', '--wallet-name', 'one', '--hotkey', 'h', '--no-password', '--yes']);
  await it_.data(['localnet', 'fund', '--wallet-name', 'one', '--amount', '150', '--yes']);
  for (const netuid of ['2', '3'])
    await it_.data(['subnet', 'register', '--netuid', netuid, '--wallet-name', 'one', '--hotkey', 'h', '--yes']);
  const { neurons } = await it_.data(['subnet', 'show', '--netuid', '2']);
  validator = neurons.find((row: { validator: boolean }) => row.validator).hotkey;
  for (const [name, address] of Object.entries({ friend: FRIEND, sealed: ED25519, val: validator }))
    await it_.data(['address', 'add', name, address]);
});

const one = ['--wallet-name', 'one'];
const plan = [...one, '--dry-run'];
const SIGNATURE = '00'.repeat(64);

/** What is called, which option takes the name (none: an argument), and whose address must be in the answer. */
const CALLS: readonly (readonly [
  command: string,
  option: string | undefined,
  name: 'friend' | 'sealed' | 'val',
  rest: string[],
])[] = [
  ['address add', 'ss58', 'friend', ['--name', 'again', '--dry-run']],
  ['address update', 'ss58', 'sealed', ['friend', '--yes', '--dry-run']],
  ['localnet fund', 'ss58', 'friend', ['--amount', '1', '--dry-run']],
  ['stake add', 'hotkey-ss58', 'val', ['--netuid', '2', '--amount', '1', ...plan]],
  ['stake list', 'coldkey-ss58', 'friend', []],
  ['swap buy', 'hotkey-ss58', 'val', ['--netuid', '2', '--amount', '1', ...plan]],
  ['wallet associate-hotkey', 'hotkey-ss58', 'friend', plan],
  ['wallet balance', 'ss58', 'friend', []],
  ['wallet balance', undefined, 'friend', []],
  ['wallet encrypt', 'to', 'sealed', ['--message', 'x']],
  ['wallet get-identity', 'ss58', 'friend', []],
  ['wallet inspect', 'ss58', 'friend', []],
  ['wallet inspect', undefined, 'friend', []],
  ['wallet regen-coldkeypub', 'ss58', 'friend', ['--wallet-name', 'w1', '--dry-run']],
  ['wallet regen-hotkeypub', 'ss58', 'friend', ['--wallet-name', 'w1', '--hotkey', 'x', '--dry-run']],
  ['wallet swap-coldkey announce', 'new-coldkey', 'friend', plan],
  ['wallet swap-coldkey status', 'ss58', 'friend', []],
  ['wallet swap-hotkey', undefined, 'friend', ['--hotkey', 'h', '--all-netuids', ...plan]],
  ['wallet swap-hotkey', 'new-hotkey', 'friend', ['--hotkey', 'h', '--all-netuids', ...plan]],
  ['wallet transfer', 'dest', 'friend', ['--amount', '1', ...plan]],
];

/** Options that take an address, of which `CALLS` has one of each kind of lookup or the tests below have. */
const ELSEWHERE = [
  'stake remove hotkey-ss58',
  'swap sell hotkey-ss58',
  'wallet overview include-hotkeys',
  'wallet overview exclude-hotkeys',
  'wallet swap-coldkey execute new-coldkey',
  'wallet swap-coldkey status new-coldkey',
  'wallet verify ss58',
];

describe('a name of the address book', () => {
  it.each(CALLS)('%s: %s', async (command, option, name, rest) => {
    const args = [...command.split(' '), ...(option === undefined ? [] : [`--${option}`]), name, ...rest];
    const data = await it_.data(args);
    const address = { friend: FRIEND, sealed: ED25519, val: validator }[name];
    expect(JSON.stringify(data), args.join(' ')).toContain(address);
    const unknown = args.map((word) => (word === name ? 'nobody' : word));
    const { document } = await it_.run(unknown);
    expect(document).toMatchObject({
      ok: false,
      error: { code: expect.stringMatching(/^(ADDRESS_BOOK_UNKNOWN|HOTKEY_UNKNOWN)$/) },
    });
  });

  it('is taken where a key must hold something, too', async () => {
    await it_.data(['stake', 'add', '--netuid', '2', '--amount', '5', '--hotkey-ss58', 'val', ...one, '--yes']);
    for (const args of [
      ['stake', 'remove', '--netuid', '2', '--amount', '1'],
      ['swap', 'sell', '--netuid', '2', '--amount', '1'],
    ]) {
      expect(JSON.stringify(await it_.data([...args, '--hotkey-ss58', 'val', ...plan]))).toContain(validator);
    }
    const invalid = await it_.run(['wallet', 'verify', '--message', 'x', '--signature', SIGNATURE, '--ss58', 'friend']);
    expect(JSON.stringify(invalid.document)).toContain(FRIEND);
    const execute = ['wallet', 'swap-coldkey', 'execute', '--new-coldkey'];
    await it_.fails([...execute, 'friend', ...plan], 'VALIDATION', 12);
    await it_.fails([...execute, 'nobody', ...plan], 'ADDRESS_BOOK_UNKNOWN', 12);
    const status = ['wallet', 'swap-coldkey', 'status', ...one, '--new-coldkey'];
    await it_.data([...status, 'friend']);
    await it_.fails([...status, 'nobody'], 'ADDRESS_BOOK_UNKNOWN', 12);
  });

  it('chooses hotkeys of an overview, which btcli sorts by its own options', async () => {
    const show = async (...more: string[]): Promise<number[]> =>
      (await it_.data(['wallet', 'overview', ...one, ...more])).neurons.map(({ netuid }: { netuid: number }) => netuid);
    const { neurons } = await it_.data(['wallet', 'overview', ...one]);
    await it_.data(['address', 'add', 'mine', neurons[0].hotkey]);
    expect(await show('--include-hotkeys', 'mine')).toEqual([2, 3]);
    expect(await show('--include-hotkeys', 'friend')).toEqual([]);
    expect(await show('--exclude-hotkeys', 'mine')).toEqual([]);
    expect(await show('--sort-by', 'netuid', '--sort-order', 'descending')).toEqual([3, 2]);
    expect(await show('--sort_by', 'Subnet', '--sort_order', 'asc')).toEqual([2, 3]);
    await it_.fails(['wallet', 'overview', ...one, '--sort-by', 'axon'], 'USAGE', 2);
  });

  it('and no option that takes an address has been forgotten here', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8')) as {
      commands: Record<string, { flags: Record<string, { type: string }> }>;
    };
    const takesAddress = /ss58$|^(dest|to|new-coldkey|new-hotkey|include-hotkeys|exclude-hotkeys)$/;
    const all = Object.entries(manifest.commands).flatMap(([id, { flags }]) =>
      Object.keys(flags)
        .filter((flag) => takesAddress.test(flag))
        .map((flag) => `${id.replaceAll(':', ' ')} ${flag}`),
    );
    const tested = [...CALLS.map(([command, option]) => `${command} ${option}`), ...ELSEWHERE];
    expect(all.filter((one) => !tested.includes(one))).toEqual([]);
  });
});
