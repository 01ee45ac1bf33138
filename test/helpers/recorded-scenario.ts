import { concatBytes, fromHex, type Hex } from '../../src/lib/localnet/scale/bytes.ts';
import { Writer } from '../../src/lib/localnet/scale/io.ts';
import { readVector } from './read-vector.ts';

export interface RecordedOperation {
  readonly kind: string;
  readonly now?: string;
  /** Null where the recording kept only the call. */
  readonly extrinsic_hex?: string | null;
  readonly result?: unknown;
  readonly storage?: readonly (readonly [string, string | null])[];
}

export interface RecordedBlock {
  readonly number: number;
  readonly parent_hash: string;
  readonly slot: number;
  readonly ops: readonly RecordedOperation[] | null;
  readonly events: readonly (readonly [phase: 'I' | 'F' | number, event: string])[];
  readonly diff: readonly (readonly [key: string, value: string | null])[];
  readonly state_root: string;
  readonly header_hex: string;
  readonly hash: string;
}

export interface RecordedScenario {
  readonly initial: readonly (readonly [key: string, value: string])[];
  readonly blocks: readonly RecordedBlock[];
}

/** The recordings that hold every block's full diff. */
export const SCENARIOS_WITH_DIFFS = [
  'scenario-256',
  'scenario-basic',
  'scenario-basic-fast',
  'scenario-calls',
  'scenario-five-subnets',
  'scenario-halving',
  'scenario-prune',
  'scenario-tempo8-yuma2',
  'scenario-tempo8-yuma3',
  'scenario-tempo8-yuma3-liquid',
] as const;

export function readScenario(name: (typeof SCENARIOS_WITH_DIFFS)[number]): RecordedScenario {
  return readVector(name) as RecordedScenario;
}

/** Storage key of System.Events. */
const SYSTEM_EVENTS: Hex = '26aa394eea5630e07c48ae0c9558cef780d41e5e16056765bc8461851072c9d7';

/** The value of System.Events after a recorded block; no event of this chain has topics. */
function eventsOf(block: RecordedBlock): Uint8Array {
  const out = new Writer(1024);
  out.compact(block.events.length);
  for (const [phase, event] of block.events) {
    if (phase === 'F') out.u8(1);
    else if (phase === 'I') out.u8(2);
    else {
      out.u8(0);
      const at = out.claim(4);
      out.view.setUint32(at, phase, true);
    }
    out.raw(fromHex(event));
    out.u8(0);
  }
  return out.finish();
}

/** Everything that the block changed, System.Events included. */
export function changesOf(block: RecordedBlock): (readonly [Hex, Uint8Array | null])[] {
  const changes = block.diff.map(([key, value]) => [key.slice(2), value === null ? null : fromHex(value)] as const);
  return [...changes, [SYSTEM_EVENTS, eventsOf(block)] as const];
}

function wasInvalid({ result }: RecordedOperation): boolean {
  return typeof result === 'object' && result !== null && 'invalid' in result;
}

/**
 * The block's extrinsics with their length prefixes: the timestamp inherent (bare, version 5), then the signed ones
 * that the block holds. Undefined where the recording did not keep the bytes of one.
 */
export function extrinsicsOf(block: RecordedBlock): Uint8Array[] | undefined {
  const out: Uint8Array[] = [];
  for (const operation of block.ops ?? []) {
    if (operation.kind === 'inherent') {
      const now = new Writer(16);
      now.compact(BigInt(operation.now!));
      out.push(withLength(concatBytes(Uint8Array.of(5, 2, 0), now.finish())));
    } else if (operation.kind !== 'inject' && !wasInvalid(operation)) {
      if (!operation.extrinsic_hex) return undefined;
      out.push(fromHex(operation.extrinsic_hex));
    }
  }
  return out;
}

function withLength(bytes: Uint8Array): Uint8Array {
  const prefix = new Writer(4);
  prefix.compact(bytes.length);
  return concatBytes(prefix.finish(), bytes);
}
