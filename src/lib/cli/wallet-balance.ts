import { readHoldings } from '../domain/wallet/holdings.ts';
import { formatUnits } from '../units.ts';
import { COLDKEY, listWallets } from '../wallet/index.ts';
import { resolveAddress } from './addresses.ts';
import { openChain } from './chain.ts';
import type { CommandContext } from './context.ts';
import { type Infer, s } from './schema/schema.ts';
import { addressOf, chooseWallet } from './wallet-access.ts';

const balanceSchema = s.object({
  name: s.nullable(s.string('how the account was named')),
  address: s.ss58(),
  freeTao: s.amount(),
  reservedTao: s.amount(),
  stakedTao: s.amount('stake at present prices, slippage not included'),
  totalTao: s.amount(),
});

export const balancesSchema = s.object({ accounts: s.array(balanceSchema), totalTao: s.amount() });

export type BalanceRow = Infer<typeof balanceSchema>;

interface BalanceFlags {
  readonly all?: boolean | undefined;
  readonly ss58?: string[] | undefined;
}

/** Balances of the wallets or addresses that were named. */
export async function walletBalances(
  context: CommandContext,
  flags: BalanceFlags,
  words: readonly string[],
): Promise<Infer<typeof balancesSchema>> {
  const accounts = await accountsOf(context, flags, words);
  const client = await openChain(context);
  const reader = await client.reader();
  context.meta.block = await client.numberOf(reader.at);
  const holdings = await readHoldings(
    reader,
    accounts.map(({ address }) => address),
  );
  const rows = holdings.map(({ address, free, reserved, staked }, index) => ({
    name: accounts[index]!.name,
    address,
    freeTao: formatUnits(free),
    reservedTao: formatUnits(reserved),
    stakedTao: formatUnits(staked),
    totalTao: formatUnits(free + reserved + staked),
  }));
  // An account that was named twice counts once.
  const unique = new Map(holdings.map((one) => [one.address, one.free + one.reserved + one.staked]));
  return { accounts: rows, totalTao: formatUnits([...unique.values()].reduce((sum, one) => sum + one, 0n)) };
}

async function accountsOf(
  context: CommandContext,
  flags: BalanceFlags,
  words: readonly string[],
): Promise<{ name: string | null; address: string }[]> {
  const named = [...words, ...(flags.ss58 ?? [])].flatMap((word) => word.split(',').filter((one) => one !== ''));
  if (named.length > 0) {
    const resolved = await Promise.all(named.map((one) => resolveAddress(context, one)));
    return resolved.map(({ address, name }) => ({ address, name: name ?? null }));
  }
  if (flags.all) {
    return listWallets(context.settings.walletPath).flatMap(({ name, coldkey }) =>
      coldkey?.address === undefined ? [] : [{ name, address: coldkey.address }],
    );
  }
  const wallet = await chooseWallet(context);
  return [{ name: wallet.name, address: await addressOf(wallet, COLDKEY) }];
}
