import type { ChainEvent } from '../../chain/block-events.ts';
import type { ChainClient } from '../../chain/client.ts';
import { REMOTE_NETWORKS } from '../../chain/networks.ts';
import type { Reader } from '../../chain/reader.ts';
import { CliError } from '../../errors.ts';
import { formatUnits, type Rao, rao, shortTao } from '../../units.ts';
import { type Balance, readBalances } from '../balance.ts';
import { type CallSpec, type PlannedCall, planCall } from '../transaction.ts';
import { developmentAccount } from './dev-accounts.ts';
import { type KnownAddress, lookAlike } from './look-alike.ts';

export interface TransferRequest {
  /** ss58 of the coldkey that pays. */
  readonly from: string;
  readonly to: string;
  /** Rao, or everything that can leave. */
  readonly amount: Rao | 'all';
  /** Refuse to go below the existential deposit, which would end the account. */
  readonly keepAlive: boolean;
  readonly period: number;
  /** Addresses that the user knows, for the look-alike guard. */
  readonly known: readonly KnownAddress[];
}

export interface TransferPlan {
  readonly planned: PlannedCall;
  /** What arrives, as far as can be told before. */
  readonly amount: Rao;
  readonly before: { readonly from: Balance; readonly to: Balance };
  readonly warnings: readonly string[];
  /** The known address that the destination resembles. */
  readonly resembles: KnownAddress | undefined;
}

/** Plans a transfer of TAO: checks what can be checked before anything is sent, and encodes the call. */
export async function planTransfer(
  client: ChainClient,
  reader: Reader,
  request: TransferRequest,
): Promise<TransferPlan> {
  const { from, to, amount, keepAlive, period, known } = request;
  if (amount === 0n) {
    throw new CliError('AMOUNT_INVALID', 'The amount is zero.', { hints: ['Give the TAO to send, or --all.'] });
  }
  refuseDevelopmentAccount(client, to);
  const deposit = reader.constant<bigint>('Balances', 'ExistentialDeposit');
  const planned = await planCall(client, reader, transferCall(request), { signer: from, period });
  const [source, target] = (await readBalances(reader, [from, to])) as [Balance, Balance];
  const spendable = spendableOf(source, keepAlive ? deposit : 0n, planned.fee);
  const sent = amount === 'all' ? spendable : amount;
  if (sent > spendable || sent === 0n) throw tooLittle(source, sent, spendable, planned.fee, keepAlive, deposit);
  if (from !== to && target.free + target.reserved + sent < deposit) throw belowDeposit(to, sent, deposit);
  const resembles = lookAlike(to, known);
  return {
    planned,
    amount: sent,
    before: { from: source, to: target },
    resembles,
    warnings: warningsFor(request, source, target, sent, planned.fee, deposit, resembles),
  };
}

/** What an account can send when `kept` must stay: frozen TAO stays anyway, less what is reserved (as pallet_balances reckons). */
function spendableOf(balance: Balance, kept: bigint, fee: Rao): Rao {
  const frozen = balance.frozen > balance.reserved ? balance.frozen - balance.reserved : 0n;
  const untouchable = frozen > kept ? frozen : kept;
  const spendable = balance.free - untouchable - fee;
  return rao(spendable > 0n ? spendable : 0n);
}

function transferCall({ to, amount, keepAlive }: TransferRequest): CallSpec {
  const dest = { type: 'Id', value: to };
  if (amount === 'all') return { pallet: 'Balances', name: 'transfer_all', args: { dest, keep_alive: keepAlive } };
  const name = keepAlive ? 'transfer_keep_alive' : 'transfer_allow_death';
  return { pallet: 'Balances', name, args: { dest, value: amount } };
}

function refuseDevelopmentAccount({ genesisHash }: ChainClient, to: string): void {
  const name = developmentAccount(to);
  const isReal = Object.values(REMOTE_NETWORKS).some((network) => network.genesisHash === genesisHash);
  if (name === undefined || !isReal) return;
  throw new CliError('VALIDATION', `${to} is ${name}, a development account: its secret is public.`, {
    hints: ['Whatever arrives there can be taken by anyone. Nothing was sent.'],
    data: { address: to, account: name },
  });
}

function tooLittle(
  { free }: Balance,
  amount: Rao,
  spendable: Rao,
  fee: Rao,
  keepAlive: boolean,
  deposit: bigint,
): CliError {
  const what = amount === 0n ? 'nothing can be sent' : `${shortTao(amount)} and a fee of ${shortTao(fee)} cannot leave`;
  const kept = keepAlive ? `; ${shortTao(deposit)} stay, so that the account lives on` : '';
  return new CliError('INSUFFICIENT_BALANCE', `The account holds ${shortTao(free)}: ${what}${kept}.`, {
    hints: [
      spendable > 0n ? `At most ${formatUnits(spendable)} can be sent now.` : 'Fund the account first.',
      ...(keepAlive ? ['--allow-death sends the rest too and ends the account.'] : []),
      'On the local network: `btcli-ts localnet fund`.',
    ],
    data: {
      availableTao: formatUnits(spendable),
      amountTao: formatUnits(amount),
      feeTao: formatUnits(fee),
      keptTao: formatUnits(keepAlive ? deposit : 0n),
    },
  });
}

function belowDeposit(to: string, amount: Rao, deposit: bigint): CliError {
  return new CliError(
    'AMOUNT_TOO_SMALL',
    `${to} does not exist yet, and ${shortTao(amount)} would not keep it alive.`,
    {
      hints: [`An account holds at least ${shortTao(deposit)}.`],
      data: { address: to, amountTao: formatUnits(amount), minimumTao: formatUnits(deposit) },
    },
  );
}

function warningsFor(
  { from, to, keepAlive }: TransferRequest,
  source: Balance,
  target: Balance,
  amount: Rao,
  fee: Rao,
  deposit: bigint,
  resembles: KnownAddress | undefined,
): string[] {
  const warnings: string[] = [];
  if (from === to) warnings.push('The destination is the sender: only the fee would be spent.');
  if (resembles) {
    warnings.push(
      `The destination begins and ends like ${resembles.name} (${resembles.address}) but is another address: compare the letters in between. Such addresses are made to be paid by mistake.`,
    );
  }
  if (target.free === 0n && target.reserved === 0n && target.nonce === 0 && from !== to) {
    warnings.push('The destination holds nothing and has never sent anything: make sure that it is right.');
  }
  if (!keepAlive && source.free - amount - fee < deposit && source.reserved === 0n) {
    warnings.push('The sender will hold less than the existential deposit: its account ends, and the rest is lost.');
  }
  return warnings;
}

/** What a block says was moved. */
export function transferredAmount(events: readonly ChainEvent[], from: string, to: string): Rao | undefined {
  const event = events.find(({ pallet, name, value }) => {
    const fields = value as { from?: string; to?: string };
    return pallet === 'Balances' && name === 'Transfer' && fields.from === from && fields.to === to;
  });
  return event && rao((event.value as { amount: bigint }).amount);
}
