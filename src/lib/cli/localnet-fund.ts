import { readBalance } from '../domain/balance.ts';
import { planTransfer, transferredAmount } from '../domain/wallet/transfer.ts';
import { CliError } from '../errors.ts';
import { formatUnits, parseTao, type Rao, shortTao, typedUnits } from '../units.ts';
import { COLDKEY, makeKeyPair, softwareSigner } from '../wallet/index.ts';
import { resolveAddress } from './addresses.ts';
import type { CommandContext } from './context.ts';
import { openLocalChain, requireLocal } from './localnet-access.ts';
import { type Infer, s } from './schema/schema.ts';
import { describeSent, sentFields } from './sent.ts';
import { transact } from './transact.ts';
import { addressOf, chooseWallet } from './wallet-access.ts';

/** The account that every preset of the bundled chain gives a million TAO; its secret is public. */
const FAUCET_URI = '//Alice';

export const fundSchema = s.object({
  from: s.ss58(),
  to: s.ss58(),
  toName: s.nullable(s.string('wallet or name of the address book')),
  amountTao: s.amount('as the block says'),
  balanceBeforeTao: s.amount("the receiver's"),
  balanceAfterTao: s.optional(s.amount("the receiver's")),
  ...sentFields,
});

interface FundFlags {
  readonly ss58?: string | undefined;
  readonly amount?: Rao | undefined;
}

/** Sends TAO from the faucet's account, which signs like any other. */
export async function fundAccount(context: CommandContext, flags: FundFlags): Promise<Infer<typeof fundSchema>> {
  requireLocal(context);
  const { address: to, name } = await receiver(context, flags.ss58);
  const amount = await context.need<Rao>({
    flag: 'amount',
    type: 'tao',
    message: 'How much TAO?',
    value: flags.amount,
    parse: parseTao,
    format: typedUnits,
  });
  const client = await openLocalChain(context);
  const reader = await client.reader();
  const signer = softwareSigner(await makeKeyPair({ kind: 'uri', uri: new TextEncoder().encode(FAUCET_URI) }));
  const request = { from: signer.address, to, amount, keepAlive: true, period: context.settings.period, known: [] };
  const { planned, before } = await planTransfer(client, reader, request).catch((error: unknown) => {
    throw asFaucet(error);
  });
  const sent = await transact(context, {
    client,
    plan: planned,
    account: FAUCET_URI,
    openSigner: async () => signer,
    preview: {
      title: `Give ${shortTao(amount)} to ${name ?? to}`,
      rows: [['Balance', `${shortTao(before.to.free)} → ${shortTao(before.to.free + amount)}`]],
    },
  });
  const outcome = sent?.outcome;
  const after = outcome && (await readBalance(await client.reader(outcome.blockHash), to));
  const moved = outcome && transferredAmount(outcome.events, signer.address, to);
  return {
    from: signer.address,
    to,
    toName: name ?? null,
    amountTao: formatUnits(moved ?? amount),
    balanceBeforeTao: formatUnits(before.to.free),
    ...(after ? { balanceAfterTao: formatUnits(after.free) } : {}),
    ...describeSent(planned, sent),
  };
}

/** What `wallet transfer` says of an amount, without its options, and with whose balance it is. */
function asFaucet(error: unknown): unknown {
  if (!(error instanceof CliError)) return error;
  const { code, message, data } = error;
  if (code === 'AMOUNT_INVALID') return new CliError(code, message, { hints: ['Give the TAO to send.'], data });
  if (code !== 'INSUFFICIENT_BALANCE') return error;
  return new CliError(code, message.replace('The account', `${FAUCET_URI}, which pays,`), {
    hints: [
      `At most ${data.availableTao} τ can be given now.`,
      '`btcli-ts localnet reset` makes a new chain, on which it is rich again.',
    ],
    data,
  });
}

async function receiver(
  context: CommandContext,
  given: string | undefined,
): Promise<{ readonly address: string; readonly name?: string }> {
  if (given !== undefined) return resolveAddress(context, given);
  const wallet = await chooseWallet(context);
  return { address: await addressOf(wallet, COLDKEY), name: wallet.name };
}
