import { beforeAll, describe, expect, test } from 'vitest';
import { unitsOf } from '../../src/lib/units.ts';
import { asAlice, makePlayground } from '../helpers/playground.ts';
import { CTRL_C, ENTER, runCli, runJson, runOnTerminal } from '../helpers/run-cli.ts';
import { expectValid } from '../helpers/schemas.ts';

let home: string;
beforeAll(async () => {
  home = await makePlayground();
});

const act = async (...args: string[]) => {
  const { document, code } = await asAlice(home, ...args);
  await expectValid(document);
  return { document, code };
};
const blockOf = async () => Number((await act('subnet', 'price', '--netuid', '5')).document.meta.block);

/** Shares round by a rao; pools move by a block's emission. */
const near = (a: bigint, b: bigint, by: bigint) => a - b <= by && b - a <= by;

describe('staking', () => {
  test('stake add reports what the block says, to the rao', async () => {
    const { document, code } = await act('stake', 'add', '--netuid', '5', '--amount', '10');
    expect(code).toBe(0);
    const { data, meta } = document;
    expect(data).toMatchObject({
      netuid: 5,
      status: 'included',
      hotkeyChosen: 'most-stake',
      stakedTao: '10.000000000',
      partial: false,
    });
    expect(meta.extrinsic).toBe(`${meta.block}-1`);
    const paid = unitsOf(data.balanceBeforeTao) - unitsOf(data.balanceAfterTao);
    expect(paid).toBe(unitsOf(data.stakedTao) + unitsOf(data.feePaidTao));
    expect(data.feePaidTao).toBe(data.plan.feeTao);
    expect(near(unitsOf(data.stakeAfterAlpha) - unitsOf(data.stakeBeforeAlpha), unitsOf(data.receivedAlpha), 1n)).toBe(
      true,
    );
    // Between the plan and the block the pool gets its emission.
    expect(near(unitsOf(data.receivedAlpha), unitsOf(data.expectedAlpha), 1_000_000n)).toBe(true);
    expect(data.plan.call).toBe('SubtensorModule.add_stake_limit');
  });

  test('stake list shows it, by netuid; stake remove takes half of it back', async () => {
    const { document } = await act('stake', 'list');
    const position = document.data.positions.find((row: { netuid: number }) => row.netuid === 5);
    const half = `${unitsOf(position.stakedAlpha) / 2n}`.padStart(10, '0').replace(/(\d{9})$/, '.$1');
    const { document: sold } = await act('stake', 'remove', '--netuid', '5', '--amount', half);
    const { data } = sold;
    expect(data.status).toBe('included');
    expect(unitsOf(data.balanceAfterTao) - unitsOf(data.balanceBeforeTao)).toBe(
      unitsOf(data.receivedTao) - unitsOf(data.feePaidTao),
    );
    expect(near(unitsOf(data.stakeBeforeAlpha) - unitsOf(data.stakeAfterAlpha), unitsOf(half), 1n)).toBe(true);
    expect(unitsOf(data.soldAlpha) + unitsOf(data.swapFeeAlpha)).toBe(unitsOf(half));
    const { document: rest } = await act('stake', 'remove', '--netuid', '5', '--all');
    expect(rest.data.stakeAfterAlpha).toBe('0.000000000');
  });

  test('root stake goes in and out one to one', async () => {
    const { document } = await act('stake', 'add', '--netuid', '0', '--amount', '3');
    expect(document.data).toMatchObject({
      receivedAlpha: '3.000000000',
      quote: null,
      plan: { call: 'SubtensorModule.add_stake' },
    });
    const { document: out } = await act('stake', 'remove', '--netuid', '0', '--all');
    expect(out.data.receivedTao).toBe('3.000000000');
  });

  test('stake add --all leaves the existential deposit behind, to the rao', async () => {
    const poor = ['--wallet-name', 'poor'];
    await runJson(['wallet', 'create', ...poor, '--no-password', '--yes'], { home });
    await runJson(['localnet', 'fund', ...poor, '--amount', '3', '--yes'], { home });
    const add = ['stake', 'add', ...poor, '--netuid', '5', '--all', '--yes'];
    const { document } = await runJson(add, { home });
    expect(document.data).toMatchObject({ status: 'included', balanceAfterTao: '0.000000500', partial: false });
    expect(unitsOf(document.data.stakedTao) + unitsOf(document.data.feePaidTao)).toBe(3_000_000_000n - 500n);
    const again = await runJson(add, { home });
    expect(again.document.error.code).toBe('INSUFFICIENT_BALANCE');
    await runJson(['stake', 'remove', ...poor, '--netuid', '5', '--all', '--yes'], { home });
  });

  test('--dry-run plans, prints the call and sends nothing', async () => {
    const before = await blockOf();
    const { document } = await act('stake', 'add', '--netuid', '5', '--amount', '10', '--dry-run');
    expect(document.data.status).toBe('planned');
    expect(document.data.plan.callData).toMatch(/^0x0758[0-9a-f]+$/);
    expect(document.data.plan.arguments).toMatchObject({
      netuid: 5,
      amount_staked: '10000000000',
      allow_partial: false,
    });
    expect(await blockOf()).toBe(before);
  });

  test('swap buy and sell are the same trades', async () => {
    const { document } = await act(
      'swap',
      'buy',
      '--netuid',
      '2',
      '--amount',
      '2',
      '--hotkey-ss58',
      (await validatorOf(2))!,
    );
    expect(document.schema).toBe('swap.buy/v1');
    const { document: sold } = await act('swap', 'sell', '--netuid', '2', '--all');
    expect(sold.data.stakeAfterAlpha).toBe('0.000000000');
  });

  test('a quote is what the trade then gives', async () => {
    const { document: quote } = await act('swap', 'quote', '--netuid', '4', '--tao', '5');
    const { document: bought } = await act('stake', 'add', '--netuid', '4', '--amount', '5');
    expect(near(unitsOf(bought.data.receivedAlpha), unitsOf(quote.data.amountAlpha), 1_000_000n)).toBe(true);
    const { document: sell } = await act('swap', 'quote', '--netuid', '4', '--alpha', '1');
    expect(sell.data).toMatchObject({ side: 'sell', amountAlpha: '1.000000000' });
  });

  test('two processes at once: both stakes are there, whoever was faster', async () => {
    for (let round = 0; round < 3; round++) {
      const stakes = await Promise.all(
        [6, 7].map((netuid) => asAlice(home, 'stake', 'add', '--netuid', String(netuid), '--amount', '1')),
      );
      expect(stakes.map(({ document }) => document.data?.status ?? document.error)).toEqual(['included', 'included']);
      const [one, other] = stakes.map(({ document }) => document.data.plan.nonce as number);
      expect(Math.abs(one! - other!)).toBe(1);
    }
    const { document } = await act('stake', 'list');
    const held = document.data.positions.map(({ netuid }: { netuid: number }) => netuid);
    expect(held).toEqual(expect.arrayContaining([6, 7]));
  });
});

async function validatorOf(netuid: number): Promise<string | undefined> {
  const { document } = await act('subnet', 'show', '--netuid', String(netuid));
  return document.data.neurons.find(({ validator }: { validator: boolean }) => validator)?.hotkey;
}

describe('a price limit protects', () => {
  const big = ['stake', 'add', '--netuid', '8', '--amount', '300'];

  test('by default a trade that moves the price too far is refused before anything is sent', async () => {
    const before = await blockOf();
    const { document, code } = await act(...big);
    expect(code).toBe(12);
    expect(document.error.code).toBe('SLIPPAGE_EXCEEDED');
    expect(document.error.data).toMatchObject({ netuid: 8, tolerance: '0.5%' });
    expect(await blockOf()).toBe(before);
  });

  test('--partial takes what fits, and says so', async () => {
    const { document } = await act(...big, '--partial');
    expect(document.data).toMatchObject({ status: 'included', partial: true });
    expect(unitsOf(document.data.stakedTao)).toBeLessThan(unitsOf('300.000000000'));
    expect(unitsOf(document.data.stakedTao)).toBeGreaterThan(0n);
  });

  test('--unsafe trades at any price, with a warning', async () => {
    const { document } = await act('stake', 'add', '--netuid', '8', '--amount', '30', '--unsafe');
    expect(document.data.plan.call).toBe('SubtensorModule.add_stake');
    expect(document.warnings.join(' ')).toMatch(/any price/);
  });

  test('a sale is protected as well', async () => {
    const { document, code } = await act('stake', 'remove', '--netuid', '8', '--all');
    expect([code, document.error.code]).toEqual([12, 'SLIPPAGE_EXCEEDED']);
  });
});

describe('bad input has a code, a sentence, a hint and an exit code', () => {
  test.each([
    [['--netuid', '99', '--amount', '1'], 'UNKNOWN_SUBNET', 12],
    [['--netuid', 'five', '--amount', '1'], 'NETUID_INVALID', 12],
    [['--netuid', '5', '--amount', '0'], 'AMOUNT_TOO_SMALL', 12],
    [['--netuid', '5', '--amount=-3'], 'AMOUNT_INVALID', 12],
    [['--netuid', '5', '--amount', '0.001'], 'AMOUNT_TOO_SMALL', 12],
    [['--netuid', '5', '--amount', '0.0000000001'], 'AMOUNT_INVALID', 12],
    [['--netuid', '5', '--amount', '99999999999999'], 'AMOUNT_INVALID', 12],
    [['--netuid', '5', '--amount', '15000000', '--unsafe'], 'INSUFFICIENT_BALANCE', 12],
    [['--netuid', '5', '--amount', '90000000', '--unsafe'], 'AMOUNT_TOO_LARGE', 12],
    [['--netuid', '5', '--amount', '1', '--hotkey-ss58', 'nobody'], 'HOTKEY_UNKNOWN', 12],
    [
      ['--netuid', '5', '--amount', '1', '--hotkey-ss58', '5C4hrfjw9DjXZTzV3MwzrrAr9P1MJhSrvWGWqi1eSuyUpnhM'],
      'HOTKEY_UNKNOWN',
      12,
    ],
    [['--netuid', '5', '--amount', '1', '--network', 'fineny'], 'UNKNOWN_NETWORK', 2],
    [['--netuid', '5', '--amount', '1', '--network', 'ws://127.0.0.1:9'], 'NETWORK_UNREACHABLE', 10],
    [['--netuid', '5', '--amount', '1', '--tolerance', '0.5'], 'SETTING_INVALID', 2],
    [['--netuid', '5', '--amount', '1', '--period', '5'], 'SETTING_INVALID', 2],
    [['--amount', '1'], 'INPUT_REQUIRED', 2],
    [['--netuid', '5'], 'INPUT_REQUIRED', 2],
  ])('stake add %j is %s', async (args, error, exit) => {
    const { document, code } = await act('stake', 'add', ...args);
    expect([document.ok, document.error?.code, code]).toEqual([false, error, exit]);
    expect(document.error.message).toMatch(/\w.*[.]$/);
    expect(document.error.hints.length + Object.keys(document.error.data).length).toBeGreaterThan(0);
  });

  test('an unknown wallet', async () => {
    const { document, code } = await runJson(
      ['stake', 'add', '--netuid', '5', '--amount', '1', '--wallet-name', 'nobody', '--yes'],
      { home },
    );
    expect([document.error.code, code]).toEqual(['WALLET_NOT_FOUND', 16]);
  });

  test('missing input names the flag, its type and the choices', async () => {
    const { document } = await act('stake', 'add', '--amount', '1');
    const [need] = document.error.data.needs;
    expect(need).toMatchObject({ flag: '--netuid', type: 'netuid' });
    expect(need.choices.map(({ value }: { value: string }) => value)).toContain('5');
  });

  test.each([
    [
      ['stake', 'add'],
      ['--netuid', '--amount'],
    ],
    [['stake', 'add', '--all'], ['--netuid']],
    [['stake', 'add', '--netuid', '5'], ['--amount']],
    [
      ['stake', 'remove'],
      ['--netuid', '--amount'],
    ],
    [
      ['swap', 'quote'],
      ['--netuid', '--tao'],
    ],
    [['swap', 'quote', '--alpha', '1'], ['--netuid']],
  ])('%j without a terminal names all that it needs: %j', async (words, flags) => {
    const { document, code } = await act(...words);
    expect([document.error.code, code]).toEqual(['INPUT_REQUIRED', 2]);
    expect(document.error.data.needs.map(({ flag }: { flag: string }) => flag)).toEqual(flags);
    expect(document.error.message).toBe(`Missing: ${flags.join(', ')}.`);
  });

  test('without --yes and without a terminal nothing is sent', async () => {
    const before = await blockOf();
    const { document, code } = await runJson(
      ['stake', 'add', '--netuid', '5', '--amount', '1', '--wallet-name', 'alice'],
      { home },
    );
    expect([document.error.code, code]).toEqual(['CONFIRMATION_REQUIRED', 14]);
    expect(await blockOf()).toBe(before);
  });

  test('a subnet that has not been started', async () => {
    const { document: created } = await act('subnet', 'create', '--hotkey', 'h1', '--subnet-name', 'Slowpoke');
    expect(created.data.status).toBe('included');
    const netuid = String(created.data.netuid);
    const { document, code } = await act('stake', 'add', '--netuid', netuid, '--amount', '1');
    expect([document.error.code, code]).toEqual(['SUBTOKEN_DISABLED', 12]);
    expect((await act('subnet', 'start', '--netuid', netuid)).document.data.status).toBe('included');
    expect((await act('subnet', 'start', '--netuid', netuid)).document.error.code).toBe('VALIDATION');
    expect((await act('stake', 'add', '--netuid', netuid, '--amount', '1')).document.data.status).toBe('included');
    expect((await act('subnet', 'register', '--netuid', netuid, '--hotkey', 'h1')).document.error.code).toBe(
      'VALIDATION',
    );
  });

  test('stake that is not there', async () => {
    expect((await act('stake', 'remove', '--netuid', '3', '--amount', '1')).document.error.code).toBe(
      'INSUFFICIENT_STAKE',
    );
  });
});

describe('on a terminal', () => {
  test('asks for what is missing, shows the preview, and prints the equivalent command', async () => {
    const { stdout, stderr, code } = await runOnTerminal(
      ['stake', 'add', '--netuid', '5', '--wallet-name', 'alice'],
      [
        { expect: 'How much TAO', send: `2.5${ENTER}` },
        { expect: 'Stake with which validator', send: `\u001b[B${ENTER}` },
        { expect: 'Send it?', send: `y${ENTER}` },
      ],
      { home },
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/Staked 2\.5 τ on subnet 5 \(Orchard\)/);
    expect(stderr).toMatch(/At worst/);
    expect(stderr).toMatch(/Same without questions: btcli-ts stake add .*--amount 2\.5.* --hotkey-ss58 5/s);
  });

  test.each(['How much TAO', 'Stake with which validator', 'Send it?'])(
    'Ctrl-C at "%s" sends nothing and restores the terminal',
    async (question) => {
      const before = await blockOf();
      const answers = [
        { expect: 'How much TAO', send: `1${ENTER}` },
        { expect: 'Stake with which validator', send: ENTER },
        { expect: 'Send it?', send: ENTER },
      ];
      const at = answers.findIndex(({ expect: text }) => text === question);
      const { stderr, code } = await runOnTerminal(
        ['stake', 'add', '--netuid', '5', '--wallet-name', 'alice'],
        [...answers.slice(0, at), { expect: question, send: CTRL_C }],
        { home },
      );
      expect(code).toBe(130);
      expect(stderr).toMatch(/Nothing had been sent/);
      expect(await blockOf()).toBe(before);
    },
  );
});

test('lists go into pipes whole, as CSV too', async () => {
  const { stdout } = await runCli(
    ['subnet', 'list', '--csv', '--columns', 'netuid,name,priceTao', '--sort', '-netuid'],
    { home },
  );
  const [header, first] = stdout.split('\n');
  expect(header).toBe('netuid,name,priceTao');
  expect(first).toMatch(/^\d+,Slowpoke,\d+\.\d{9}$/);
});
