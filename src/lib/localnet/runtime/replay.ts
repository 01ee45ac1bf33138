import { DispatchErrorType } from '../frame/dispatch-error.ts';
import type { Change, DepositedEvent, Ext } from '../frame/ext.ts';
import type { VerifySignature } from '../frame/multi-signature.ts';
import type { TransactionValidityError } from '../frame/transaction-validity.ts';
import { slotDigest, slotDuration } from '../pallets/aura/slot.ts';
import { ethereumDigest } from '../pallets/ethereum/block.ts';
import { CurrentBlock, BlockHash as EthereumBlockHash } from '../pallets/ethereum/spec.ts';
import { Digest, Events, ExtrinsicData } from '../pallets/system/spec.ts';
import { equalBytes, fromHex, type Hex, toHex } from '../scale/bytes.ts';
import { ScaleError } from '../scale/io.ts';
import { decode, encode } from '../scale/type.ts';
import type { Runtime } from './create-runtime.ts';
import type { Applied } from './executive.ts';
import { Header, headerHash } from './header.ts';
import { KeyNames } from './key-names.ts';
import { createSubtensorRuntime } from './pallets.ts';
import { applyRecorded, fromKey, ReplayStop } from './replay-operations.ts';
import { ReplayState } from './replay-state.ts';
import { type RecordedBlock, type RecordedOperation, readScenario } from './scenario.ts';
import { timestampInherent } from './timestamp-inherent.ts';

/** One thing that came out differently. */
export interface ReplayDifference {
  readonly block: number;
  /** Storage item, event, extrinsic or root. */
  readonly what: string;
  readonly ours: string;
  readonly theirs: string;
}

export interface ReplayReport {
  /** Blocks replayed to their end. */
  readonly blocks: number;
  readonly blocksRecorded: number;
  /** Numbers of the blocks replayed. */
  readonly replayed: readonly number[];
  readonly keysCompared: number;
  /** Keys, events, results and roots that differ. */
  readonly differing: number;
  /** Blocks whose root cannot be compared: it depends on bytes of extrinsics that the recording does not hold. */
  readonly rootsUnknown: number;
  /** The first of them. */
  readonly differences: readonly ReplayDifference[];
  /** Why the replay ended before the recording does. */
  readonly stopped: string | undefined;
}

export interface ReplayOptions {
  readonly verifySignature: VerifySignature;
  /** How many differences are kept for the report. */
  readonly show?: number;
  /** Blocks after the first differing one that are still replayed. */
  readonly goOn?: number;
  /** Called after each block, for progress. */
  readonly onBlock?: (number: number) => void;
}

const FIRST_SLOT = 1000n;
const AURA_SLOT_NORMAL = '12000';

/** Runs a recording of the real runtime through ours and compares whatever it holds, block by block. */
export function replayScenario(json: unknown, options: ReplayOptions): ReplayReport {
  return new Replay(json, options).run();
}

class Replay {
  private readonly scenario;
  private readonly options: ReplayOptions;
  private readonly state: ReplayState;
  private readonly runtime: Runtime;
  private readonly names: KeyNames;
  private readonly x: Ext;
  private readonly omitted: readonly Hex[];
  private readonly differences: ReplayDifference[] = [];
  private differing = 0;
  private keysCompared = 0;
  private rootsUnknown = 0;
  /** Ethereum's block differs from the recorded one, because the bytes of an extrinsic are not recorded. */
  private adrift = false;
  private lastEthereumBlock: string | undefined;
  /** Recorded hashes of Ethereum's blocks, by storage key. */
  private readonly ethereumHashes = new Map<Hex, string>();

  constructor(json: unknown, options: ReplayOptions) {
    this.scenario = readScenario(json);
    this.options = options;
    this.state = new ReplayState(this.scenario.initial.map(([key, value]) => [fromKey(key), fromHex(value)] as const));
    this.omitted = this.scenario.diffOmits.map(fromKey);
    this.runtime = createSubtensorRuntime(
      { fast: isFast(this.scenario.blocks) },
      { rootOf: (x) => this.state.rootWith(x.changes()), verifySignature: options.verifySignature },
    );
    this.names = new KeyNames(this.runtime.pallets);
    for (const [key, value] of this.scenario.finalState ?? []) {
      if (fromKey(key).startsWith(EthereumBlockHash.prefix)) this.ethereumHashes.set(fromKey(key), value);
      if (fromKey(key) === CurrentBlock.prefix) this.lastEthereumBlock = value;
    }
    this.x = this.runtime.createExt(this.state);
  }

  run(): ReplayReport {
    const { blocks } = this.scenario;
    let done = 0;
    let stopped: string | undefined;
    let left: number | undefined;
    try {
      for (const block of blocks) {
        this.block(block);
        done += 1;
        this.options.onBlock?.(block.number);
        if (this.differing > 0) left = (left ?? this.options.goOn ?? 0) - 1;
        if (left !== undefined && left < 0 && done < blocks.length) {
          throw new ReplayStop(`stopped after block ${block.number}, the first that differs`);
        }
      }
      this.compareFinalState();
    } catch (thrown) {
      if (!(thrown instanceof ReplayStop)) throw thrown;
      stopped = thrown.message;
    }
    return {
      blocks: done,
      blocksRecorded: blocks.length,
      replayed: blocks.slice(0, done).map(({ number }) => number),
      keysCompared: this.keysCompared,
      differing: this.differing,
      rootsUnknown: this.rootsUnknown,
      differences: this.differences,
      stopped,
    };
  }

  private differ(block: number, what: string, ours: string, theirs: string): void {
    this.differing += 1;
    if (this.differences.length < (this.options.show ?? 20)) this.differences.push({ block, what, ours, theirs });
  }

  private block(block: RecordedBlock): void {
    const { runtime, x } = this;
    const slot = block.slot === undefined ? FIRST_SLOT + BigInt(block.number) : BigInt(block.slot);
    runtime.initializeBlock(x, {
      number: block.number,
      parentHash: fromKey(block.parent_hash),
      digest: { logs: [slotDigest(slot)] },
    });
    const unknownBytes = this.operations(block, slot);
    const header = runtime.finalizeBlock(x);
    const ownHeader = !unknownBytes && !this.adrift;
    if (!ownHeader) this.takeOverRecorded(block);
    this.compareEvents(block, x.events);
    const changes = x.changes();
    this.compareDiff(block, changes);
    this.state.commit(changes);
    x.settle();
    if (this.adrift) this.rootsUnknown += 1;
    else this.compareRoot(block);
    if (block.header_hex && ownHeader) {
      const theirs = fromHex(block.header_hex);
      if (!equalBytes(encode(Header, header), theirs)) {
        this.differ(block.number, 'header', JSON.stringify(header), JSON.stringify(decode(Header, theirs)));
      }
      if (block.hash && headerHash(header) !== fromKey(block.hash)) {
        this.differ(block.number, 'block hash', headerHash(header), fromKey(block.hash));
      }
    }
  }

  /** Applies what went into the block. True when the bytes of an extrinsic are not recorded. */
  private operations(block: RecordedBlock, slot: bigint): boolean {
    let unknownBytes = false;
    const now = slot * slotDuration(this.x.params);
    const operations = block.ops ?? [{ kind: 'inherent', now: String(now) } as const];
    operations.forEach((operation, index) => {
      switch (operation.kind) {
        case 'inherent':
          this.runtime.applyExtrinsic(this.x, timestampInherent(BigInt(operation.now ?? now)));
          break;
        case 'inject':
          for (const [key, value] of operation.storage ?? []) {
            if (value === null) this.x.killRaw(fromKey(key));
            else this.x.putRaw(fromKey(key), fromHex(value));
          }
          break;
        default: {
          const { applied, invalid } = applyRecorded(
            this.runtime,
            this.x,
            operation,
            `block ${block.number} operation ${index}`,
          );
          unknownBytes ||= !operation.extrinsic_hex;
          this.compareResult(block, index, operation, applied, invalid);
        }
      }
    });
    return unknownBytes;
  }

  private compareResult(
    block: RecordedBlock,
    index: number,
    operation: RecordedOperation,
    applied: Applied | undefined,
    invalid: TransactionValidityError | undefined,
  ): void {
    const ours = invalid
      ? `0x00${toHex(invalid.encoded()).slice(2)}`
      : applied?.error
        ? `0x${toHex(encode(DispatchErrorType, applied.error.value))}`
        : 'ok';
    const recorded = operation.result as { readonly scale?: string } | string | undefined;
    const theirs = typeof recorded === 'object' ? recorded.scale : recorded;
    if (theirs === undefined || theirs === ours) return;
    const label = invalid?.message ?? applied?.error?.label ?? 'ok';
    this.differ(
      block.number,
      `result of operation ${index} (${operation.kind} ${String((operation as { call?: string }).call).slice(0, 160)})`,
      `${label} ${ours}`,
      JSON.stringify(recorded),
    );
  }

  private compareRoot({ number, state_root, header_hex }: RecordedBlock): void {
    const inHeader = header_hex ? decode(Header, fromHex(header_hex)).state_root : undefined;
    const theirs = state_root === undefined ? inHeader : fromKey(state_root);
    if (theirs === undefined) return;
    const ours = this.state.rootWith([]);
    if (ours !== theirs) this.differ(number, 'state root', ours, theirs);
  }

  private compareEvents(block: RecordedBlock, ours: readonly DepositedEvent[]): void {
    if (!block.events) return;
    const theirs = block.events.map(([phase, event]) => `${phase} ${this.event(fromHex(event))}`);
    const mine = ours.map(({ phase, bytes }) => {
      const at = phase.type === 'ApplyExtrinsic' ? phase.value : phase.type === 'Initialization' ? 'I' : 'F';
      return `${at} ${this.event(bytes)}`;
    });
    for (let i = 0; i < Math.max(theirs.length, mine.length); i++) {
      this.keysCompared += 1;
      if (theirs[i] !== mine[i]) {
        this.differ(block.number, `event ${i}`, mine[i] ?? 'none', theirs[i] ?? 'none');
        return;
      }
    }
  }

  private event(bytes: Uint8Array): string {
    try {
      const { type, value } = decode(this.runtime.eventType, bytes);
      return `${type}.${value.type} ${show(value.value)} 0x${toHex(bytes)}`;
    } catch (thrown) {
      if (!(thrown instanceof ScaleError)) throw thrown;
      return `0x${toHex(bytes)}`;
    }
  }

  private compareDiff(block: RecordedBlock, changes: readonly Change[]): void {
    if (!block.diff) return;
    const ours = new Map(changes);
    ours.delete(Events.prefix);
    const theirs = new Map(block.diff.map(([key, value]) => [fromKey(key), value] as const));
    for (const key of [...new Set([...ours.keys(), ...theirs.keys()])].sort()) {
      if (this.omitted.some((prefix) => key.startsWith(prefix))) continue;
      this.keysCompared += 1;
      const recorded = theirs.has(key) ? theirs.get(key)! : this.hexOf(this.state.get(key));
      const mine = ours.has(key) ? this.hexOf(ours.get(key)) : this.hexOf(this.state.get(key));
      if ((recorded ?? null) !== mine) {
        this.differ(
          block.number,
          this.names.describe(key),
          this.names.hexValue(key, mine),
          this.names.hexValue(key, recorded ?? null),
        );
      }
    }
  }

  private hexOf(value: Uint8Array | null | undefined): string | null {
    return value ? `0x${toHex(value)}` : null;
  }

  /**
   * Ethereum's block holds a root over the extrinsics' bytes. Where they are not recorded, it and its hash come from the
   * recording; a block whose recording lacks it leaves us adrift until the next one that has it.
   */
  private takeOverRecorded(block: RecordedBlock): void {
    const { x } = this;
    const recorded = new Map(block.diff?.map(([key, value]) => [fromKey(key), value] as const));
    const isLast = block === this.scenario.blocks.at(-1);
    const ethereumBlock = recorded.get(CurrentBlock.prefix) ?? (isLast ? this.lastEthereumBlock : undefined);
    this.adrift = !ethereumBlock;
    const hashKey = EthereumBlockHash.storageKey([BigInt(block.number), 0n, 0n, 0n]);
    const hash = recorded.get(hashKey) ?? this.ethereumHashes.get(hashKey);
    const digest = recorded.get(Digest.prefix);
    if (digest) x.putRaw(Digest.prefix, fromHex(digest));
    if (hash) {
      x.putRaw(hashKey, fromHex(hash));
      Digest.put(x, { logs: [...Digest.get(x).logs.slice(0, -1), ethereumDigest(fromKey(hash))] });
    }
    if (ethereumBlock) x.putRaw(CurrentBlock.prefix, fromHex(ethereumBlock));
    // A refused extrinsic at the end of a block leaves its bytes behind.
    for (const [key, value] of recorded) {
      if (value !== null && key.startsWith(ExtrinsicData.prefix)) x.putRaw(key, fromHex(value));
    }
  }

  private compareFinalState(): void {
    const { finalState } = this.scenario;
    if (!finalState) return;
    const last = this.scenario.blocks.at(-1)!.number;
    const theirs = new Map(finalState.map(([key, value]) => [fromKey(key), value] as const));
    for (const [key, value] of theirs) {
      this.keysCompared += 1;
      const mine = this.hexOf(this.state.get(key));
      if (mine !== value) {
        this.differ(last, this.names.describe(key), this.names.hexValue(key, mine), this.names.hexValue(key, value));
      }
    }
    for (const key of this.state.keys('')) {
      if (!theirs.has(key)) {
        this.differ(last, this.names.describe(key), this.names.value(key, this.state.get(key)), 'absent');
      }
    }
  }
}

const show = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? String(item) : item)) ?? '';

/** Whether the recording's slots last a quarter of a second. */
function isFast(blocks: readonly RecordedBlock[]): boolean {
  for (const block of blocks) {
    const inherent = block.ops?.find(({ kind }) => kind === 'inherent');
    if (!inherent?.now) continue;
    const slot = block.slot === undefined ? FIRST_SLOT + BigInt(block.number) : BigInt(block.slot);
    return BigInt(inherent.now) / slot !== BigInt(AURA_SLOT_NORMAL);
  }
  return false;
}
