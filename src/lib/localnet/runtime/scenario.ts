// Recordings of the real runtime (scenario files): a state, and blocks with what went in and what came out.

export interface RecordedOperation {
  readonly kind: 'inherent' | 'signed' | 'sudo' | 'inject';
  /** Milliseconds (inherent). */
  readonly now?: string;
  readonly call_hex?: string;
  readonly extrinsic_hex?: string | null;
  /** Encoded length in bytes, prefix included. */
  readonly extrinsic_len?: number;
  readonly signer_pub?: string;
  /** `ok`, or the error with its SCALE bytes. */
  readonly result?: unknown;
  /** What the recording wrote directly (inject). */
  readonly storage?: readonly (readonly [key: string, value: string | null])[];
}

export interface RecordedBlock {
  readonly number: number;
  readonly parent_hash: string;
  readonly slot?: string | number;
  readonly ops: readonly RecordedOperation[] | null;
  readonly events?: readonly (readonly [phase: 'I' | 'F' | number, event: string])[] | null;
  readonly diff?: readonly (readonly [key: string, value: string | null])[] | null;
  readonly state_root?: string;
  readonly header_hex?: string;
  readonly hash?: string;
}

export interface RecordedScenario {
  readonly initial: readonly (readonly [key: string, value: string])[];
  readonly blocks: readonly RecordedBlock[];
  readonly diffOmits: readonly string[];
  readonly finalState: readonly (readonly [key: string, value: string])[] | undefined;
}

/** A file that is not a recording, or one without anything to replay. */
class ScenarioFormatError extends Error {
  override readonly name = 'ScenarioFormatError';
}

const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** Whether a file is a recording: a state and blocks, or a state, blocks that set up and blocks that run. */
export function isScenario(json: unknown): boolean {
  return isObject(json) && Array.isArray(json.initial) && (Array.isArray(json.blocks) || Array.isArray(json.run));
}

/** The recording in one form, whatever form the file has. @throws ScenarioFormatError */
export function readScenario(json: unknown): RecordedScenario {
  if (!isScenario(json) || !isObject(json)) throw new ScenarioFormatError('not a recorded scenario');
  const blocks = [json.setup_blocks, json.run, json.blocks].flatMap((part) =>
    Array.isArray(part) ? (part as RecordedBlock[]) : [],
  );
  if (blocks.length === 0) throw new ScenarioFormatError('a scenario without blocks');
  return {
    initial: json.initial as RecordedScenario['initial'],
    blocks,
    diffOmits: Array.isArray(json.diff_omits) ? (json.diff_omits as string[]) : [],
    finalState: Array.isArray(json.final_state) ? (json.final_state as RecordedScenario['initial']) : undefined,
  };
}
