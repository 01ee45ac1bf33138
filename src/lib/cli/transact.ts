import type { ChainClient } from '../chain/client.ts';
import { CONNECTION_LOST } from '../chain/watch.ts';
import { chainText } from '../domain/chain-text.ts';
import {
  type CallSpec,
  executePlanned,
  type PlannedCall,
  requireMetadataCheck,
  type Sent,
} from '../domain/transaction.ts';
import { formatUnits, shortTao } from '../units.ts';
import { type KeyRef, requirePrivateKey, type Signer, type WalletRef } from '../wallet/index.ts';
import type { CommandContext } from './context.ts';
import { Ui } from './render/ui.ts';
import { s } from './schema/schema.ts';
import { openSigner } from './wallet-access.ts';

/** What a person sees before agreeing. */
export interface Preview {
  /** The call in words: `Stake 10 τ on subnet 5 with 5F…`. */
  readonly title: string;
  /** Amounts in and out, price, slippage, limit …; undefined values are left out. */
  readonly rows: readonly (readonly [label: string, value: string | undefined])[];
  /** Anything dangerous. */
  readonly warnings?: readonly string[];
}

/** A key of a wallet signs. */
export interface WalletSigns {
  readonly wallet: WalletRef;
  readonly key: KeyRef;
  /** Why the key is needed: `to sign the stake`. */
  readonly reason: string;
}

/** An account that is in no wallet signs. */
export interface AccountSigns {
  /** How people know the account. */
  readonly account: string;
  readonly openSigner: () => Promise<Signer>;
}

export type Transaction = (WalletSigns | AccountSigns) & {
  readonly client: ChainClient;
  readonly plan: PlannedCall;
  readonly preview: Preview;
  /** A word to be typed instead of yes, for what cannot be undone. */
  readonly typed?: string;
};

/** Part of every transaction's result. */
export const planSchema = s.object({
  signer: s.ss58(),
  call: s.string('Pallet.call'),
  arguments: s.record(s.json()),
  callData: s.hex(),
  feeTao: s.amount('what the chain says it will cost'),
  nonce: s.integer(),
  periodBlocks: s.integer('0: valid for ever'),
});

/** @param sent the transaction that came of the plan, whose nonce may be a later one */
export function describePlan(plan: PlannedCall, sent?: Sent) {
  return {
    signer: plan.signer,
    call: `${plan.decoded.pallet}.${plan.decoded.name}`,
    arguments: JSON.parse(
      JSON.stringify(plan.decoded.args, (_, value) => {
        if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`;
        return typeof value === 'bigint' ? value.toString() : value;
      }),
    ) as Record<string, unknown>,
    callData: `0x${Buffer.from(plan.callData).toString('hex')}`,
    feeTao: formatUnits(plan.fee),
    nonce: sent?.nonce ?? plan.nonce,
    periodBlocks: plan.period,
  };
}

/**
 * preview → confirm → unlock → sign → submit → watch. Returns undefined under --dry-run, after the preview.
 * Ctrl-C says whether the extrinsic had been sent.
 */
export async function transact(context: CommandContext, transaction: Transaction): Promise<Sent | undefined> {
  const { client } = transaction;
  const checksMetadata = (context.flags as Record<string, unknown>)['metadata-check'] !== false;
  const unprotected = requireMetadataCheck(client, checksMetadata);
  if (unprotected !== undefined) context.warn(unprotected);
  const plan = { ...transaction.plan, checksMetadata };
  showPreview(context, transaction);
  if (context.dryRun) return undefined;
  // A machine without the key says so before it asks whether to send.
  if ('wallet' in transaction) await requirePrivateKey(transaction.wallet, transaction.key, transaction.reason);
  // Enter alone sends where nothing is at stake; elsewhere a person says yes.
  const preset = client.network === 'local';
  await context.confirm('Send it?', transaction.typed === undefined ? { preset } : { typed: transaction.typed });
  const signer =
    'account' in transaction
      ? await transaction.openSigner()
      : await openSigner(context, transaction.wallet, transaction.key, transaction.reason);
  let sent: string | undefined;
  const undo = context.onInterrupt(() =>
    sent === undefined
      ? undefined
      : `The extrinsic ${sent} had been sent and may still be included${plan.period === 0 ? '' : ` within ${plan.period} blocks`}: check before you repeat the command.`,
  );
  context.progress.say('Signing');
  try {
    const result = await executePlanned(client, plan, signer, {
      wait: context.settings.wait,
      timeout: context.settings.timeout,
      signal: context.signal,
      onSending: (hash) => {
        sent = hash;
        context.progress.say('Sent; waiting for a block');
      },
      onNonceTaken: (nonce, next) => {
        sent = undefined;
        context.debug(`another transaction of the account has the nonce ${nonce}: signing with ${next}`);
        context.progress.say('Signing');
      },
      onStatus: (status) => {
        if (status === CONNECTION_LOST) context.progress.say('Connection lost; finding out whether it was included');
        context.debug(`pool: ${status}`);
      },
    });
    if (result.outcome) {
      context.meta.block = result.outcome.blockNumber;
      context.meta.extrinsic = `${result.outcome.blockNumber}-${result.outcome.index}`;
    }
    return result;
  } finally {
    undo();
    context.progress.stop();
    signer.dispose();
  }
}

function showPreview(context: CommandContext, transaction: Transaction): void {
  const { client, plan, preview } = transaction;
  for (const warning of preview.warnings ?? []) context.warn(warning);
  if (context.output.mode === 'json') return;
  const { stderr } = context.output.io;
  const ui = new Ui(context.output.noteColors, stderr.isTTY === true ? stderr.columns : undefined);
  ui.heading(preview.title);
  ui.fields([
    ['Network', networkLine(client)],
    ['Signer', `${'account' in transaction ? transaction.account : transaction.wallet.name}  ${plan.signer}`],
    ...preview.rows,
    ['Signs', describeCall(plan.decoded)],
    ['Fee', shortTao(plan.fee)],
    ['Valid for', plan.period === 0 ? 'ever' : `${plan.period} blocks`],
  ]);
  context.note(ui.text.trimEnd());
}

/** The network's name, and where it is unless that says the same again. */
function networkLine({ network, connection: { endpoint } }: ChainClient): string {
  return endpoint.startsWith(network) ? endpoint : `${network} (${endpoint})`;
}

/** The call as the chain will read it, on one line. */
function describeCall({ pallet, name, args }: CallSpec): string {
  const values = Object.entries(args).map(([key, value]) => `${key} ${oneLine(value)}`);
  return `${pallet}.${name}(${values.join(', ')})`;
}

function oneLine(value: unknown): string {
  if (value instanceof Uint8Array) return JSON.stringify(chainText(value));
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(oneLine).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key} ${oneLine(inner)}`)
    .join(', ')}}`;
}
