import type { DispatchError } from '../../frame/dispatch-error.ts';
import { actualPays, actualWeight, maxWeight } from '../../frame/dispatch-info.ts';
import type { Ext } from '../../frame/ext.ts';
import { blake2_256 } from '../../frame/hashing.ts';
import { addWeight, type DispatchInfo, type PostInfo, subWeight } from '../../frame/weight.ts';
import { concatBytes, fromHex, type Hex, toHex, utf8 } from '../../scale/bytes.ts';
import { u32 } from '../../scale/primitives.ts';
import { decode, encode, type ValueOf, written } from '../../scale/type.ts';
import { limitsOf, reduceWeight } from './block-weight.ts';
import {
  AllExtrinsicsLen,
  BlockHash,
  BlockNumber,
  BlockWeight,
  constants,
  Digest,
  EventCount,
  Events,
  EventTopics,
  ExecutionPhase,
  ExtrinsicCount,
  ExtrinsicData,
  ExtrinsicWeightReclaimed,
  events,
  InherentsApplied,
  ParentHash,
} from './spec.ts';
import { type DigestType, Phase } from './types.ts';

// The course of a block as frame-system 41 (src/lib.rs) keeps it in state.

export type DigestValue = ValueOf<typeof DigestType>;
export type DigestItemValue = DigestValue['logs'][number];

const EXTRINSIC_INDEX = toHex(utf8.encode(':extrinsic_index'));
const INTRABLOCK_ENTROPY = toHex(utf8.encode(':intrablock_entropy'));
/** A `[u8; N]`: SCALE gives it no length. */
const ENTROPY_LABEL = utf8.encode('frame_system::initialize');
const BLOCK_HASH_COUNT = constants.BlockHashCount.value as number;

export const blockNumber = (x: Ext): number => BlockNumber.get(x);
export const parentHash = (x: Ext): Hex => ParentHash.get(x);

/** Index of the extrinsic that is running, undefined outside of one. */
export function extrinsicIndex(x: Ext): number | undefined {
  const raw = x.getRaw(EXTRINSIC_INDEX);
  return raw && decode(u32, raw);
}

function putExtrinsicIndex(x: Ext, index: number): void {
  x.putRaw(EXTRINSIC_INDEX, encode(u32, index));
}

export function genesisExtrinsicIndex(x: Ext): void {
  putExtrinsicIndex(x, 0);
}

function setPhase(x: Ext, phase: Ext['phase']): void {
  x.phase = phase;
  ExecutionPhase.put(x, phase);
}

export function resetEvents(x: Ext): void {
  x.events = [];
  Events.kill(x);
  EventCount.kill(x);
  EventTopics.clear(x);
}

/** Starts a block: environment, digest, parent's hash. */
export function initialize(x: Ext, number: number, parent: Hex, digest: DigestValue): void {
  setPhase(x, { type: 'Initialization' });
  putExtrinsicIndex(x, 0);
  x.putRaw(INTRABLOCK_ENTROPY, blake2_256(concatBytes(ENTROPY_LABEL, fromHex(parent))));
  BlockNumber.put(x, number);
  Digest.put(x, digest);
  ParentHash.put(x, parent);
  BlockHash.insert(x, number - 1, parent);
  InherentsApplied.kill(x);
  BlockWeight.kill(x);
}

export function noteFinishedInitialize(x: Ext): void {
  setPhase(x, { type: 'ApplyExtrinsic', value: 0 });
}

export const noteInherentsApplied = (x: Ext): void => InherentsApplied.put(x, true);
export const inherentsApplied = (x: Ext): boolean => InherentsApplied.get(x);

/** Keeps an extrinsic's bytes (length prefix included) until the extrinsics root is made. */
export function noteExtrinsic(x: Ext, bytes: Uint8Array): void {
  ExtrinsicData.insert(x, extrinsicIndex(x) ?? 0, bytes);
}

/** Event of success or failure with the weight really used; moves on to the next index. */
export function noteAppliedExtrinsic(
  x: Ext,
  info: DispatchInfo,
  post: PostInfo,
  error: DispatchError | undefined,
): void {
  const dispatch_info = {
    weight: addWeight(actualWeight(post, info), limitsOf(info.class).base_extrinsic),
    class: info.class,
    pays_fee: actualPays(post, info),
  };
  if (error) events.deposit(x, 'ExtrinsicFailed', { dispatch_error: error.value, dispatch_info });
  else events.deposit(x, 'ExtrinsicSuccess', { dispatch_info });
  const next = (extrinsicIndex(x) ?? 0) + 1;
  putExtrinsicIndex(x, next);
  setPhase(x, { type: 'ApplyExtrinsic', value: next });
  ExtrinsicWeightReclaimed.kill(x);
}

export function noteFinishedExtrinsics(x: Ext): void {
  const count = extrinsicIndex(x) ?? 0;
  x.killRaw(EXTRINSIC_INDEX);
  ExtrinsicCount.put(x, count);
  setPhase(x, { type: 'Finalization' });
}

/** Gives back the weight that a dispatched call declared and did not use. */
export function reclaimWeight(x: Ext, info: DispatchInfo, post: PostInfo): void {
  const already = ExtrinsicWeightReclaimed.get(x);
  const unspent = subWeight(info.weight, actualWeight(post, info));
  const accurate = maxWeight(unspent, already);
  const more = subWeight(accurate, already);
  if (more.ref_time === 0n && more.proof_size === 0n) return;
  reduceWeight(x, more, info.class);
  ExtrinsicWeightReclaimed.put(x, accurate);
}

export function depositLog(x: Ext, item: DigestItemValue): void {
  Digest.mutate(x, ({ logs }) => ({ logs: [...logs, item] }));
}

/** System.Events' bytes: records without topics. */
function encodeEvents(records: Ext['events']): Uint8Array {
  return written((out) => {
    out.compact(records.length);
    for (const { phase, bytes } of records) {
      Phase.encode(out, phase);
      out.raw(bytes);
      out.u8(0);
    }
  });
}

/** Puts the events collected so far into state, as they are whenever the state root is taken. */
export function storeEvents(x: Ext): void {
  if (x.events.length === 0) return;
  x.putRaw(Events.prefix, encodeEvents(x.events));
  EventCount.put(x, x.events.length);
}

/** Ends a block: removes what lives only within it. Answers the extrinsics in order. */
export function finalize(x: Ext): readonly Uint8Array[] {
  ExecutionPhase.kill(x);
  AllExtrinsicsLen.kill(x);
  x.killRaw(INTRABLOCK_ENTROPY);
  InherentsApplied.kill(x);
  const count = ExtrinsicCount.take(x) ?? 0;
  const extrinsics = Array.from({ length: count }, (_, index) => ExtrinsicData.take(x, index));
  const oldest = blockNumber(x) - BLOCK_HASH_COUNT - 1;
  if (oldest > 0) BlockHash.remove(x, oldest);
  storeEvents(x);
  return extrinsics;
}
