import { beforeAll, describe, expect, it } from 'vitest';
import { makeHome, runJson, runOnTerminal } from '../helpers/run-cli.ts';
import { expectValid } from '../helpers/schemas.ts';

const BOB = '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty';

describe('localnet fund', () => {
  let home: string;
  const fund = (...options: string[]) => runJson(['localnet', 'fund', ...options], { home });
  beforeAll(async () => {
    home = makeHome();
    await runJson(['wallet', 'create', '--wallet-name', 'w', '--hotkey', 'h', '--no-password', '--yes'], { home });
  });

  it("sends TAO to a wallet's coldkey by a signed transfer, told from the block", async () => {
    const { document, code } = await fund('--wallet-name', 'w', '--amount', '100', '--yes');
    await expectValid(document);
    expect(code).toBe(0);
    expect(document.data).toMatchObject({
      toName: 'w',
      amountTao: '100.000000000',
      balanceBeforeTao: '0.000000000',
      balanceAfterTao: '100.000000000',
      status: 'included',
      plan: { call: 'Balances.transfer_keep_alive' },
    });
    expect(document.meta.extrinsic).toMatch(/^\d+-1$/);
    const balance = await runJson(['wallet', 'balance', '--wallet-name', 'w'], { home });
    expect(balance.document.data.accounts[0].freeTao).toBe('100.000000000');
  });

  it('sends to an address', async () => {
    const { document } = await fund('--ss58', BOB, '--amount', '0.5', '--yes');
    expect(document.data).toMatchObject({ to: BOB, toName: null, amountTao: '0.500000000' });
  });

  it('plans without sending', async () => {
    const { document } = await fund('--ss58', BOB, '--amount', '7', '--dry-run', '--yes');
    await expectValid(document);
    expect(document.data.status).toBe('planned');
    expect(document.data.balanceAfterTao).toBeUndefined();
  });

  it('asks on a terminal', async () => {
    const { code, stderr } = await runOnTerminal(
      ['localnet', 'fund', '--wallet-name', 'w'],
      [
        { expect: 'How much TAO', send: '3\r' },
        { expect: 'Send it', send: 'n\r' },
      ],
      { home },
    );
    expect(code).toBe(14);
    expect(stderr).toContain('Give 3 τ to w');
  });

  it('refuses other networks, bad amounts and unknown receivers', async () => {
    const refused = async (...options: string[]): Promise<unknown> => {
      const { code, document } = await fund(...options, '--yes');
      await expectValid(document);
      return [code, document.error.code];
    };
    expect(await refused('--ss58', BOB, '--amount', '1', '--network', 'finney')).toEqual([2, 'USAGE']);
    expect(await refused('--ss58', BOB, '--amount', '1', '--network', 'ws://127.0.0.1:1')).toEqual([2, 'USAGE']);
    expect(await refused('--ss58', BOB, '--amount', '0')).toEqual([12, 'AMOUNT_INVALID']);
    expect(await refused('--ss58', BOB, '--amount', '-1')).toEqual([12, 'AMOUNT_INVALID']);
    expect(await refused('--ss58', BOB, '--amount', '0.0000000001')).toEqual([12, 'AMOUNT_INVALID']);
    expect(await refused('--ss58', BOB, '--amount', '99000000')).toEqual([12, 'INSUFFICIENT_BALANCE']);
    for (const amount of ['0', '99000000']) {
      const { message, hints } = (await fund('--ss58', BOB, '--amount', amount, '--yes')).document.error;
      // Only options that this command has.
      expect([message, ...hints].join(' ')).not.toMatch(/--all|--allow-death|The account/);
    }
    expect(await refused('--ss58', 'nobody', '--amount', '1')).toEqual([12, 'ADDRESS_BOOK_UNKNOWN']);
    expect(await refused('--wallet-name', 'none', '--amount', '1')).toEqual([16, 'WALLET_NOT_FOUND']);
    const asked = await fund('--ss58', BOB, '--yes');
    expect([asked.code, asked.document.error.data.needs[0].flag]).toEqual([2, '--amount']);
  });
});
