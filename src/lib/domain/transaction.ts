import type { ExtrinsicOutcome } from '../chain/block-events.ts';
import type { ChainClient } from '../chain/client.ts';
import type { SignedExtrinsic, Signing } from '../chain/polkadot.ts';
import type { Reader } from '../chain/reader.ts';
import { isNonceTaken, submitAndWatch } from '../chain/watch.ts';
import { CliError } from '../errors.ts';
import type { WaitFor } from '../settings.ts';
import { type Rao, rao } from '../units.ts';
import { describeDispatchError } from './dispatch-errors.ts';

/** A call of the chain with its arguments by the chain's own names. */
export interface CallSpec {
  readonly pallet: string;
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A call that is ready to be shown, confirmed and signed. */
export interface PlannedCall {
  readonly call: CallSpec;
  /** SCALE bytes of the call. */
  readonly callData: Uint8Array;
  /** The call read back from `callData`: what previews show is what is signed. */
  readonly decoded: CallSpec;
  /** ss58 of the account that signs and pays. */
  readonly signer: string;
  readonly fee: Rao;
  readonly tip: Rao;
  readonly nonce: number;
  /** Blocks of validity; 0: for ever. */
  readonly period: number;
  /** The signature covers the hash of the metadata that the call was shown with (RFC-0078). */
  readonly checksMetadata: boolean;
  /** Newest block when it was planned. */
  readonly block: { readonly hash: string; readonly number: number };
}

export interface PlanOptions {
  readonly signer: string;
  readonly tip?: Rao;
  readonly period: number;
  /** False to sign for a runtime that cannot check the metadata's hash. */
  readonly checksMetadata?: boolean;
}

/** Bytes of a v4 extrinsic besides call, nonce, tip and era: version, address, signature, metadata-hash mode. */
const EXTRINSIC_OVERHEAD = 1 + 33 + 65 + 1;
const compactLength = (value: bigint | number): number =>
  value < 64 ? 1 : value < 16_384 ? 2 : value < 1_073_741_824 ? 4 : 9;

/** Encodes a call and asks the chain what it costs. */
export async function planCall(
  client: ChainClient,
  reader: Reader,
  call: CallSpec,
  options: PlanOptions,
): Promise<PlannedCall> {
  const { signer, period } = options;
  const tip = options.tip ?? rao(0n);
  const callData = client.codecs.encodeCall(call.pallet, call.name, call.args);
  const { type: pallet, value } = client.codecs.call(callData);
  const decoded: CallSpec = { pallet, name: value.type, args: (value.value ?? {}) as CallSpec['args'] };
  const [nonce, block] = await Promise.all([
    client.connection.request<number>('system_accountNextIndex', [signer]),
    client.numberOf(reader.at).then((number) => ({ hash: reader.at, number })),
  ]);
  const body =
    callData.length + EXTRINSIC_OVERHEAD + compactLength(nonce) + compactLength(tip) + (period === 0 ? 1 : 2);
  const length = body + compactLength(body);
  const info = await reader.api<{ readonly partial_fee: bigint }>(
    'TransactionPaymentCallApi',
    'query_call_info',
    client.codecs.call(callData),
    length,
  );
  return {
    call,
    decoded,
    callData,
    signer,
    fee: rao(info.partial_fee),
    tip,
    nonce,
    period,
    checksMetadata: options.checksMetadata ?? true,
    block,
  };
}

/**
 * Makes sure that a signature will cover the metadata which the preview is decoded with, where one is wanted. The chains
 * behind known names check it; a node that says otherwise of one of them, under its name or not, takes that protection away, so nothing is signed.
 * @returns what a person should know where the runtime of an unknown chain has no such check
 * @throws CliError METADATA_UNCHECKED
 */
export function requireMetadataCheck(client: ChainClient, wanted: boolean): string | undefined {
  if (!wanted || client.checksMetadata) return undefined;
  if (client.isKnownChain) {
    throw new CliError(
      'METADATA_UNCHECKED',
      `The node says that the runtime of ${client.network} does not check the hash of its metadata (RFC-0078), which it does.`,
      {
        hints: [
          'Nothing was signed: such a node could have you sign something else than the preview shows. Use another node.',
          'If the chain has really dropped that check, --no-metadata-check signs without it.',
        ],
        data: {
          network: client.network,
          endpoint: client.connection.endpoint,
          specVersion: client.runtime.specVersion,
        },
      },
    );
  }
  return 'This runtime does not check the hash of its metadata (RFC-0078): the preview is as true as the node is honest.';
}

/** A plan's signed form: what is sent. The signature covers exactly the planned call, which is checked on the signed bytes. */
export async function signPlanned(client: ChainClient, plan: PlannedCall, signing: Signing): Promise<SignedExtrinsic> {
  const builder = await client.extrinsics();
  const { period, block } = plan;
  const metadataHash = plan.checksMetadata && client.checksMetadata ? await client.metadataHash() : undefined;
  const signed = await builder.sign(
    plan.callData,
    {
      genesisHash: client.genesisHash,
      specVersion: client.runtime.specVersion,
      transactionVersion: client.runtime.transactionVersion,
      nonce: plan.nonce,
      tip: plan.tip,
      mortality:
        period === 0 ? undefined : { period, block: block.number, blockHash: await eraHash(client, period, block) },
      metadataHash,
    },
    signing,
  );
  if (!startsWith(signed.payload, plan.callData)) {
    throw new CliError('BUG', 'The signed bytes do not begin with the call that was shown; nothing was sent.');
  }
  if (metadataHash !== undefined) requireHashAtEnd(signed.payload, metadataHash, client);
  return signed;
}

/**
 * The hash must be the very last that is signed, as on the chain. A node that has it signed further ahead, by other metadata,
 * chooses what stands behind it (genesis hash, block hash, versions), and could have the real chain read all of it as another
 * call without the check.
 */
function requireHashAtEnd(payload: Uint8Array, metadataHash: string, client: ChainClient): void {
  const last = Buffer.concat([Buffer.of(1), Buffer.from(metadataHash.slice(2), 'hex')]);
  if (Buffer.from(payload.slice(-last.length)).equals(last)) return;
  throw new CliError(
    'METADATA_UNCHECKED',
    'The node orders what is signed in another way than the chain: the hash of the metadata does not come last.',
    {
      hints: [
        'Nothing was sent: such a node could have you sign something else than the preview shows. Use another node.',
      ],
      data: { network: client.network, endpoint: client.connection.endpoint, specVersion: client.runtime.specVersion },
    },
  );
}

/** Hash of the block at which a mortal era that is quantised to `period` begins. */
async function eraHash(
  client: ChainClient,
  period: number,
  block: { readonly hash: string; readonly number: number },
): Promise<string> {
  const birth = eraBirth(period, block.number);
  if (birth === block.number) return block.hash;
  const hash = await client.connection.request<string | null>('chain_getBlockHash', [birth]);
  if (!hash) throw new CliError('NODE_ERROR', `The node does not know its block ${birth}.`, { data: { block: birth } });
  return hash;
}

/** First block of the era that a transaction built at `current` gets (Substrate's `Era::mortal`). */
export function eraBirth(period: number, current: number): number {
  const quantize = Math.max(1, period >> 12);
  const phase = Math.floor((current % period) / quantize) * quantize;
  return Math.floor((Math.max(current, phase) - phase) / period) * period + phase;
}

export interface ExecuteOptions {
  readonly wait: WaitFor;
  readonly timeout: number;
  readonly signal?: AbortSignal;
  readonly onStatus?: (status: string) => void;
  /** Called once the extrinsic has been signed and is about to leave. */
  readonly onSending?: (extrinsicHash: string) => void;
  /** Another transaction of the account has used the nonce: nothing was accepted, and the call is signed with the next one. */
  readonly onNonceTaken?: (nonce: number, next: number) => void;
}

/** What became of a transaction. `outcome` is undefined when nobody waited. */
export interface Sent {
  readonly extrinsicHash: string;
  /** The planned one, or a later one if another transaction of the account was faster. */
  readonly nonce: number;
  readonly outcome: ExtrinsicOutcome | undefined;
}

/** How many nonces to try while other transactions of the account are faster. */
const MOST_NONCES = 4;

/** Signs, sends and follows. @throws CliError DISPATCH_ERROR when the chain executed the call and it failed. */
export async function executePlanned(
  client: ChainClient,
  plan: PlannedCall,
  signing: Signing,
  options: ExecuteOptions,
): Promise<Sent> {
  for (let attempt = 1, nonce = plan.nonce; ; attempt++) {
    const signed = await signPlanned(client, { ...plan, nonce }, signing);
    options.onSending?.(signed.hash);
    try {
      const outcome = await submitAndWatch(client, signed, {
        wait: options.wait,
        timeout: options.timeout,
        validUntil: plan.period === 0 ? undefined : eraBirth(plan.period, plan.block.number) + plan.period,
        builtAt: plan.block.number,
        ...(options.signal ? { signal: options.signal } : {}),
        ...(options.onStatus ? { onStatus: options.onStatus } : {}),
      });
      if (outcome?.error) throw describeDispatchError(outcome.error.name, { outcome, extrinsicHash: signed.hash });
      return { extrinsicHash: signed.hash, nonce, outcome };
    } catch (error) {
      // The pool has refused it, so nothing is under way: the same call can be signed once more.
      if (!isNonceTaken(error) || attempt === MOST_NONCES) return explainBadSignature(client, plan, error);
      const next = await client.connection.request<number>('system_accountNextIndex', [plan.signer]);
      if (next === nonce) throw error;
      options.onNonceTaken?.(nonce, next);
      nonce = next;
    }
  }
}

/** A signature that covers other metadata than the chain's is a bad one: says so, and forgets that metadata. */
async function explainBadSignature(client: ChainClient, plan: PlannedCall, error: unknown): Promise<never> {
  const isBad = error instanceof CliError && error.code === 'CHAIN_REJECTED' && /bad signature/i.test(error.message);
  if (!isBad || !plan.checksMetadata) throw error;
  await client.forgetMetadata();
  throw new CliError('CHAIN_REJECTED', 'The chain does not take the signature.', {
    hints: [
      "Probably the metadata that the preview was decoded with is not the chain's: a node lied about it, now or before. Nothing was changed on the chain.",
      'Cached metadata has been dropped: try again, best with another node.',
    ],
    data: { ...error.data, endpoint: client.connection.endpoint },
    cause: error,
  });
}

function startsWith(bytes: Uint8Array, prefix: Uint8Array): boolean {
  return bytes.length >= prefix.length && prefix.every((byte, i) => bytes[i] === byte);
}

/** TAO that an extrinsic really cost its signer, from its events. */
export function feePaid(outcome: ExtrinsicOutcome): Rao {
  const event = outcome.events.find(
    ({ pallet, name }) => pallet === 'TransactionPayment' && name === 'TransactionFeePaid',
  );
  return rao((event?.value as { actual_fee?: bigint } | undefined)?.actual_fee ?? 0n);
}
