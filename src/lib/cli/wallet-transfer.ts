import { readBalance, readBalances } from '../domain/balance.ts';
import { type KnownAddress, middleOf } from '../domain/wallet/look-alike.ts';
import { planTransfer, transferredAmount } from '../domain/wallet/transfer.ts';
import { formatUnits, parseTao, type Rao, shortTao, typedUnits } from '../units.ts';
import { COLDKEY, listWallets } from '../wallet/index.ts';
import { addressBookOf, resolveAddress } from './addresses.ts';
import { openChain } from './chain.ts';
import type { CommandContext } from './context.ts';
import { type Infer, s } from './schema/schema.ts';
import { describeSent, sentFields } from './sent.ts';
import { transact } from './transact.ts';
import { addressOf, chooseWallet } from './wallet-access.ts';

export const transferSchema = s.object({
  from: s.ss58(),
  to: s.ss58(),
  toName: s.nullable(s.string('how the destination was named')),
  amountTao: s.amount('TAO that arrive; with --all as planned'),
  all: s.boolean(),
  keepAlive: s.boolean('the existential deposit stays'),
  ...sentFields,
  balanceBeforeTao: s.amount("the sender's"),
  balanceAfterTao: s.optional(s.amount("the sender's")),
  destinationBeforeTao: s.amount(),
  destinationAfterTao: s.optional(s.amount()),
});

interface TransferFlags {
  readonly dest?: string | undefined;
  readonly amount?: Rao | undefined;
  readonly all?: boolean | undefined;
  readonly 'allow-death'?: boolean | undefined;
}

/** Sends TAO from the chosen wallet's coldkey. */
export async function transferTao(
  context: CommandContext,
  flags: TransferFlags,
): Promise<Infer<typeof transferSchema>> {
  const wallet = await chooseWallet(context);
  const from = await addressOf(wallet, COLDKEY);
  const given = await context.need({
    flag: 'dest',
    type: 'ss58',
    message: 'Send to (address, name of the address book, or wallet):',
    value: flags.dest,
    parse: (text) => text.trim(),
    check: (text) => resolveAddress(context, text),
    followedBy: [{ flag: 'amount', type: 'tao', value: flags.amount ?? flags.all }],
  });
  const { address: to, name } = await resolveAddress(context, given);
  const client = await openChain(context);
  const reader = await client.reader();
  const { free } = await readBalance(reader, from);
  const amount = await context.need<Rao | 'all'>({
    flag: 'amount',
    type: 'tao',
    message: `How much TAO? (${shortTao(free)} there; "all" for everything)`,
    value: flags.all ? 'all' : flags.amount,
    parse: (text) => (text.trim() === 'all' ? 'all' : parseTao(text)),
    format: (value) => (value === 'all' ? 'all' : typedUnits(value)),
    switchFor: (value) => (value === 'all' ? 'all' : undefined),
  });
  const keepAlive = flags['allow-death'] !== true;
  const plan = await planTransfer(client, reader, {
    from,
    to,
    amount,
    keepAlive,
    period: context.settings.period,
    known: await knownAddresses(context),
  });
  const target = name === undefined ? to : `${name}  ${to}`;
  const sent = await transact(context, {
    client,
    plan: plan.planned,
    wallet,
    key: COLDKEY,
    reason: 'to sign the transfer',
    ...(plan.resembles ? { typed: middleOf(to) } : {}),
    preview: {
      title: `Send ${shortTao(plan.amount)} to ${target}`,
      rows: [
        ['Balance', `${shortTao(free)} → ${shortTao(left(free, plan.amount, plan.planned.fee))}`],
        ['Destination', `${shortTao(plan.before.to.free)} → ${shortTao(plan.before.to.free + plan.amount)}`],
        ['Keep alive', keepAlive ? 'yes' : 'no: the account may end'],
      ],
      warnings: plan.warnings,
    },
  });
  const outcome = sent?.outcome;
  const [source, destination] = outcome
    ? await readBalances(await client.reader(outcome.blockHash), [from, to])
    : [undefined, undefined];
  const moved = outcome ? transferredAmount(outcome.events, from, to) : undefined;
  return {
    from,
    to,
    toName: name ?? null,
    amountTao: formatUnits(moved ?? plan.amount),
    all: amount === 'all',
    keepAlive,
    ...describeSent(plan.planned, sent),
    balanceBeforeTao: formatUnits(free),
    destinationBeforeTao: formatUnits(plan.before.to.free),
    ...(source ? { balanceAfterTao: formatUnits(source.free) } : {}),
    ...(destination ? { destinationAfterTao: formatUnits(destination.free) } : {}),
  };
}

const left = (free: bigint, amount: bigint, fee: bigint): bigint => (free > amount + fee ? free - amount - fee : 0n);

/** Everything that the user has a name for: the address book, and every key of every wallet. */
async function knownAddresses(context: CommandContext): Promise<KnownAddress[]> {
  const book = await addressBookOf(context).list();
  const own = listWallets(context.settings.walletPath).flatMap(({ name, coldkey, hotkeys }) =>
    [...(coldkey ? [coldkey] : []), ...hotkeys].flatMap((key) =>
      key.address === undefined ? [] : [{ address: key.address, name: `${key.name} of wallet ${name}` }],
    ),
  );
  return [...book, ...own];
}
