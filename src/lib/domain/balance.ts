import type { Reader } from '../chain/reader.ts';
import { CliError } from '../errors.ts';
import { formatUnits, type Rao, rao, shortTao } from '../units.ts';

interface RawAccount {
  readonly nonce: number;
  readonly data: { readonly free: bigint; readonly reserved: bigint; readonly frozen: bigint };
}

/** TAO of an account, in rao. */
export interface Balance {
  readonly free: Rao;
  readonly reserved: Rao;
  /** Part of the free balance that may not leave. */
  readonly frozen: Rao;
  readonly nonce: number;
}

function toBalance({ nonce, data }: RawAccount): Balance {
  return { free: rao(data.free), reserved: rao(data.reserved), frozen: rao(data.frozen), nonce };
}

export async function readBalance(reader: Reader, address: string): Promise<Balance> {
  return toBalance(await reader.get<RawAccount>('System', 'Account', address));
}

export async function readBalances(reader: Reader, addresses: readonly string[]): Promise<Balance[]> {
  const accounts = await reader.many<readonly RawAccount[]>(
    addresses.map((address) => ['System', 'Account', address] as const),
  );
  return accounts.map(toBalance);
}

/** @throws CliError INSUFFICIENT_BALANCE when the free balance does not cover amount and fee. */
export function requireBalance(balance: Balance, amount: Rao, fee: Rao): void {
  const spendable = balance.free - balance.frozen;
  const needed = amount + fee;
  if (spendable >= needed) return;
  throw new CliError(
    'INSUFFICIENT_BALANCE',
    `The account holds ${shortTao(spendable)}, but ${shortTao(needed)} are needed: ${shortTao(amount)} and a fee of ${shortTao(fee)}.`,
    {
      hints: [
        spendable > fee ? `At most ${formatUnits(spendable - fee)} can be used now.` : 'Fund the account first.',
        'On the local network: `btcli-ts localnet fund`.',
      ],
      data: { availableTao: formatUnits(spendable), neededTao: formatUnits(needed), feeTao: formatUnits(fee) },
    },
  );
}
