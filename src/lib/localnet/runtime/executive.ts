import type { DispatchError } from '../frame/dispatch-error.ts';
import type { Ext } from '../frame/ext.ts';
import type { Origin } from '../frame/origin.ts';
import { NONE } from '../frame/origin.ts';
import type { Pallet } from '../frame/pallet.ts';
import type { TransactionExtension } from '../frame/transaction-extension.ts';
import { invalid } from '../frame/transaction-validity.ts';
import { addWeight, type DispatchInfo, type PostInfo, subWeight, type Weight } from '../frame/weight.ts';
import {
  blockNumber,
  type DigestValue,
  finalize,
  inherentsApplied,
  initialize,
  noteAppliedExtrinsic,
  noteExtrinsic,
  noteFinishedExtrinsics,
  noteFinishedInitialize,
  noteInherentsApplied,
  parentHash,
  resetEvents,
  storeEvents,
} from '../pallets/system/block.ts';
import { blockWeights, registerExtraWeight, totalConsumed } from '../pallets/system/block-weight.ts';
import { BlockWeight, Digest } from '../pallets/system/spec.ts';
import { type Hex, toHex } from '../scale/bytes.ts';
import { orderedRoot } from '../trie/ordered-root.ts';
import type { CheckedExtrinsic } from './checked-extrinsic.ts';
import type { Dispatcher } from './dispatch.ts';
import type { HeaderValue } from './header.ts';
import type { StateRootPort } from './ports.ts';

/** What a block starts from. */
export interface BlockStart {
  readonly number: number;
  readonly parentHash: Hex;
  /** Pre-runtime items: the slot. */
  readonly digest: DigestValue;
}

/** How an extrinsic that entered the block ended. */
export interface Applied {
  readonly error: DispatchError | undefined;
  readonly info: DispatchInfo;
  readonly post: PostInfo;
}

/** The course of a block (frame-executive 41, src/lib.rs). */
export class Executive {
  private readonly pallets: readonly Pallet[];
  private readonly dispatcher: Dispatcher;
  private readonly extensions: readonly TransactionExtension[];
  private readonly stateRoot: StateRootPort;

  constructor(
    pallets: readonly Pallet[],
    dispatcher: Dispatcher,
    extensions: readonly TransactionExtension[],
    stateRoot: StateRootPort,
  ) {
    this.pallets = pallets;
    this.dispatcher = dispatcher;
    this.extensions = extensions;
    this.stateRoot = stateRoot;
  }

  initializeBlock(x: Ext, { number, parentHash, digest }: BlockStart): void {
    resetEvents(x);
    initialize(x, number, parentHash, digest);
    let weight: Weight = blockWeights.base_block;
    for (const { hooks } of this.pallets) {
      if (hooks?.onInitialize) weight = addWeight(weight, hooks.onInitialize(x, number));
    }
    registerExtraWeight(x, weight, 'Mandatory');
    noteFinishedInitialize(x);
  }

  private noteInherents(x: Ext): void {
    if (!inherentsApplied(x)) noteInherentsApplied(x);
  }

  /**
   * Applies an extrinsic that was checked. Writes stay even where the call fails; what is thrown leaves the undoing to the
   * caller, as in the chain. @throws TransactionValidityError
   */
  applyChecked(x: Ext, checked: CheckedExtrinsic, isInherent: boolean): Applied {
    const info = this.dispatcher.info(checked.call);
    if (!isInherent) this.noteInherents(x);
    noteExtrinsic(x, checked.bytes);
    const applied = checked.type === 'Bare' ? this.applyBare(x, checked, info) : this.applySigned(x, checked, info);
    if (applied.error && info.class === 'Mandatory') throw invalid('BadMandatory');
    noteAppliedExtrinsic(x, info, applied.post, applied.error);
    return applied;
  }

  private applyBare(x: Ext, checked: CheckedExtrinsic, info: DispatchInfo): Applied {
    const pallet = this.pallets.find(({ name }) => name === checked.call.type);
    if (pallet?.preDispatchUnsigned) pallet.preDispatchUnsigned(x, checked.call.value);
    else pallet?.validateUnsigned?.(x, 'InBlock', checked.call.value);
    for (const extension of this.extensions) extension.bareValidateAndPrepare?.(x, info, checked.length);
    const { post, error } = this.dispatcher.outcome(x, checked.call, NONE);
    for (const extension of this.extensions) extension.barePostDispatch?.(x, info, post);
    return { error, info, post };
  }

  private applySigned(x: Ext, checked: Extract<CheckedExtrinsic, { type: 'Signed' }>, info: DispatchInfo): Applied {
    const origin: Origin = { type: 'Signed', account: checked.signer };
    const input = {
      origin,
      call: checked.call,
      info,
      length: checked.length,
      extra: checked.extra,
      source: 'InBlock' as const,
    };
    const vals = this.extensions.map((extension) => extension.validate?.(x, input).val);
    const pres = this.extensions.map((extension, index) => extension.prepare?.(x, input, vals[index]));
    const { post, error } = this.dispatcher.outcome(x, checked.call, origin);
    this.extensions.forEach((extension, index) => {
      extension.postDispatch?.(x, input, pres[index], post, error);
    });
    return { error, info, post };
  }

  /** Ends a block and answers its header. */
  finalizeBlock(x: Ext): HeaderValue {
    this.noteInherents(x);
    noteFinishedExtrinsics(x);
    const number = blockNumber(x);
    this.onIdle(x, number);
    for (const { hooks } of this.pallets) hooks?.onFinalize?.(x, number);
    const extrinsics = finalize(x);
    return {
      parent_hash: parentHash(x),
      number,
      state_root: this.stateRoot(x, false),
      extrinsics_root: toHex(orderedRoot(extrinsics)),
      digest: Digest.get(x),
    };
  }

  private onIdle(x: Ext, number: number): void {
    let remaining = subWeight(blockWeights.max_block, totalConsumed(BlockWeight.get(x)));
    if (remaining.ref_time === 0n || remaining.proof_size === 0n) return;
    let used: Weight | undefined;
    for (const { hooks } of this.pallets) {
      if (!hooks?.onIdle) continue;
      const now = hooks.onIdle(x, number, remaining);
      used = used ? addWeight(used, now) : now;
      remaining = subWeight(remaining, now);
    }
    if (used) registerExtraWeight(x, used, 'Mandatory');
  }

  /** The state root as it is now, events included. */
  intermediateRoot(x: Ext): Hex {
    storeEvents(x);
    return this.stateRoot(x, true);
  }
}
