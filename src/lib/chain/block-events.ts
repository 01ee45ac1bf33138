import type { Codecs } from './codecs.ts';
import type { Connection } from './connection.ts';

/** One decoded event. Values of unnamed fields are a single value or an array, as the metadata has them. */
export interface ChainEvent {
  readonly pallet: string;
  readonly name: string;
  readonly value: unknown;
}

interface RawRecord {
  readonly phase: { readonly type: string; readonly value?: number };
  readonly event: { readonly type: string; readonly value: { readonly type: string; readonly value?: unknown } };
}

/** What one extrinsic did in its block. */
export interface ExtrinsicOutcome {
  readonly blockHash: string;
  readonly blockNumber: number;
  readonly index: number;
  readonly events: readonly ChainEvent[];
  /** Undefined when it succeeded. */
  readonly error: DispatchFailure | undefined;
}

/** A dispatch error under the chain's own name: `SubtensorModule.AmountTooLow`, `Token.FundsUnavailable`, `BadOrigin`. */
export interface DispatchFailure {
  readonly name: string;
}

interface Block {
  readonly block: { readonly header: { readonly number: string }; readonly extrinsics: readonly string[] };
}

/** Finds an extrinsic in a block by its bytes and reads its events there; undefined when it is not in the block. */
export async function outcomeIn(
  connection: Connection,
  codecs: Codecs,
  blockHash: string,
  extrinsic: string,
): Promise<ExtrinsicOutcome | undefined> {
  const block = await connection.request<Block | null>('chain_getBlock', [blockHash]);
  const index = block?.block.extrinsics.indexOf(extrinsic) ?? -1;
  if (!block || index < 0) return undefined;
  const hex = await connection.request<string | null>('state_getStorage', [
    codecs.storageKey('System', 'Events', []),
    blockHash,
  ]);
  const records = codecs.storageValue('System', 'Events', hex) as readonly RawRecord[];
  const own = records.filter(({ phase }) => phase.type === 'ApplyExtrinsic' && phase.value === index);
  const events = own.map(({ event }) => ({ pallet: event.type, name: event.value.type, value: event.value.value }));
  return { blockHash, blockNumber: Number(block.block.header.number), index, events, error: failureOf(codecs, events) };
}

/** The dispatch error of a failed extrinsic. An extrinsic without ExtrinsicSuccess has failed. */
function failureOf(codecs: Codecs, events: readonly ChainEvent[]): DispatchFailure | undefined {
  if (events.some(({ pallet, name }) => pallet === 'System' && name === 'ExtrinsicSuccess')) return undefined;
  const failed = events.find(({ pallet, name }) => pallet === 'System' && name === 'ExtrinsicFailed');
  const error = (failed?.value as { dispatch_error?: unknown } | undefined)?.dispatch_error;
  return { name: nameDispatchError(codecs, error) };
}

/** @param error a decoded `DispatchError` */
function nameDispatchError(codecs: Codecs, error: unknown): string {
  const { type, value } = (error ?? { type: 'Unknown' }) as { type: string; value?: unknown };
  if (type === 'Module') {
    // The codecs decode a known module error to {type: pallet, value: {type: error}}; an unknown one stays {index, error}.
    const inner = value as { type?: string; value?: { type?: string }; index?: number; error?: string };
    if (inner.type !== undefined) return `${inner.type}.${inner.value?.type ?? 'Unknown'}`;
    const known = codecs.errorName(
      inner.index ?? -1,
      Number.parseInt(String(inner.error).replace(/^0x/, '').slice(0, 2), 16),
    );
    return known ?? `Module(${inner.index}, ${inner.error})`;
  }
  const inner = (value as { type?: string } | undefined)?.type;
  return inner === undefined ? type : `${type}.${inner}`;
}
