import type { Ext } from '../../frame/ext.ts';
import { addWeight, dbReads, dbReadsWrites, dbWrites, type Weight } from '../../frame/weight.ts';
import { equalBytes, utf8 } from '../../scale/bytes.ts';
import type { ValueOf } from '../../scale/type.ts';
import type { AccountId } from '../../scale/well-known.ts';
import { Pulses } from '../drand/spec.ts';
import { decryptTimelock, parseTimelockCiphertext, parseTimelockSignature } from '../subtensor/subnets/timelock.ts';
import { blockNumber } from '../system/block.ts';
import { CommitmentOf, events, RevealedCommitments, TimelockedIndex } from './spec.ts';
import { removeTimelocked } from './timelocked-index.ts';
import type { Data } from './types.ts';

// Opening timelocked commitments whose round has come (pallets/commitments/src/lib.rs `reveal_timelocked_commitments`).

type Field = ValueOf<typeof Data>;

const MAX_REVEALS = 10;
const HEX_PREFIX = utf8.encode('0x');

/** What a ciphertext holds; undefined, or empty, where it cannot be opened with the round's signature. */
function open(encrypted: Uint8Array, signature: Uint8Array): Uint8Array | undefined {
  const raw = equalBytes(signature.subarray(0, HEX_PREFIX.length), HEX_PREFIX) ? signature.subarray(2) : signature;
  const opener = parseTimelockSignature(raw);
  const ciphertext = opener && parseTimelockCiphertext(encrypted);
  return ciphertext && decryptTimelock(ciphertext, opener);
}

interface Opened {
  readonly remaining: readonly Field[];
  readonly revealed: readonly Uint8Array[];
  readonly timelocked: number;
  /** Of these, how many had a round that has come; what of them cannot be opened is lost. */
  readonly due: number;
}

function openFields(x: Ext, fields: readonly Field[]): Opened {
  const remaining: Field[] = [];
  const revealed: Uint8Array[] = [];
  let timelocked = 0;
  let due = 0;
  for (const field of fields) {
    const pulse = field.type === 'TimelockEncrypted' ? Pulses.get(x, field.value.reveal_round) : undefined;
    if (field.type === 'TimelockEncrypted') timelocked += 1;
    if (field.type !== 'TimelockEncrypted' || !pulse) {
      remaining.push(field);
      continue;
    }
    due += 1;
    const content = open(field.value.encrypted, pulse.signature);
    if (content && content.length > 0) revealed.push(content);
  }
  return { remaining, revealed, timelocked, due };
}

function keepRevealed(x: Ext, netuid: number, who: AccountId, revealed: readonly Uint8Array[]): void {
  const block = BigInt(blockNumber(x));
  const before = RevealedCommitments.get(x, netuid, who) ?? [];
  for (const _ of revealed) events.deposit(x, 'CommitmentRevealed', { netuid, who });
  const all = [...before, ...revealed.map((content) => [content, block] as const)];
  RevealedCommitments.insert(x, netuid, who, all.slice(-MAX_REVEALS));
}

/** Opens what is due. Answers the weight that it counts. */
export function revealTimelockedCommitments(x: Ext): Weight {
  let weight = dbReads(1);
  const count = (more: Weight): void => {
    weight = addWeight(weight, more);
  };
  for (const [netuid, who] of TimelockedIndex.get(x)) {
    const registration = CommitmentOf.get(x, netuid, who);
    count(dbReads(1));
    const opened = registration && openFields(x, registration.info.fields);
    count(dbReads(opened?.timelocked ?? 0));
    if (!opened || opened.timelocked === 0) {
      removeTimelocked(x, netuid, who);
      count(dbReadsWrites(1, 1));
      continue;
    }
    if (opened.due === 0) continue;
    if (opened.revealed.length > 0) {
      keepRevealed(x, netuid, who, opened.revealed);
      count(dbReadsWrites(1, 1));
    }
    const fields = opened.remaining;
    if (fields.length === 0) CommitmentOf.remove(x, netuid, who);
    else CommitmentOf.insert(x, netuid, who, { ...registration, info: { fields } });
    count(dbWrites(1));
    if (fields.every(({ type }) => type !== 'TimelockEncrypted')) {
      removeTimelocked(x, netuid, who);
      count(dbReadsWrites(1, 1));
    }
  }
  return weight;
}
