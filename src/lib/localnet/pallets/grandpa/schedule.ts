import type { Ext } from '../../frame/ext.ts';
import { toHex, utf8 } from '../../scale/bytes.ts';
import { enumeration, struct, tuple, vec } from '../../scale/compound.ts';
import { u32, u64 } from '../../scale/primitives.ts';
import { encode, type ValueOf } from '../../scale/type.ts';
import { blockNumber, depositLog } from '../system/block.ts';
import { Authorities, errors, events, NextForced, PendingChange, State } from './spec.ts';
import { GrandpaPublic } from './types.ts';

// Changes of the finality authorities (pallet-grandpa 41, src/lib.rs). Nobody votes here: finality follows sealing.

const ENGINE_ID = toHex(utf8.encode('FRNK'));
const AuthorityList = vec(tuple(GrandpaPublic, u64));
const ScheduledChange = struct('sp_consensus_grandpa::ScheduledChange', {
  next_authorities: AuthorityList,
  delay: u32,
});
const ConsensusLog = enumeration(
  'sp_consensus_grandpa::ConsensusLog',
  { ScheduledChange, ForcedChange: [u32, ScheduledChange], OnDisabled: u64, Pause: u32, Resume: u32 },
  { indices: { ScheduledChange: 1, ForcedChange: 2, OnDisabled: 3, Pause: 4, Resume: 5 } },
);

/** Sum of block numbers: u32, which wraps in the chain's build. */
const later = (block: number, by: number): number => (block + by) % 2 ** 32;

export type Authority = ValueOf<typeof AuthorityList>[number];

function depositConsensusLog(x: Ext, log: ValueOf<typeof ConsensusLog>): void {
  depositLog(x, { type: 'Consensus', value: [ENGINE_ID, encode(ConsensusLog, log)] });
}

/** @throws Grandpa.ChangePending, Grandpa.TooSoon */
export function scheduleChange(
  x: Ext,
  next_authorities: readonly Authority[],
  inBlocks: number,
  forced: number | undefined,
): void {
  if (PendingChange.exists(x)) throw errors.ChangePending;
  const scheduled_at = blockNumber(x);
  if (forced !== undefined) {
    const next = NextForced.get(x);
    if (next !== undefined && next > scheduled_at) throw errors.TooSoon;
    // Only one forced change within twice the delay.
    NextForced.put(x, later(scheduled_at, inBlocks * 2));
  }
  PendingChange.put(x, { delay: inBlocks, scheduled_at, next_authorities, forced });
}

/** What a block's end does: signals and enacts changes that are due. */
export function finalizeAuthorities(x: Ext, block: number): void {
  const pending = PendingChange.get(x);
  if (pending) {
    const { scheduled_at, delay, next_authorities, forced } = pending;
    if (block === scheduled_at) {
      const change = { next_authorities, delay };
      depositConsensusLog(
        x,
        forced === undefined
          ? { type: 'ScheduledChange', value: change }
          : { type: 'ForcedChange', value: [forced, change] },
      );
    }
    if (block === later(scheduled_at, delay)) {
      Authorities.put(x, next_authorities);
      events.deposit(x, 'NewAuthorities', { authority_set: next_authorities });
      PendingChange.kill(x);
    }
  }
  const state = State.get(x);
  if (state.type === 'PendingPause') {
    const { scheduled_at, delay } = state.value;
    if (block === scheduled_at) depositConsensusLog(x, { type: 'Pause', value: delay });
    if (block === later(scheduled_at, delay)) {
      State.put(x, { type: 'Paused' });
      events.deposit(x, 'Paused');
    }
  } else if (state.type === 'PendingResume') {
    const { scheduled_at, delay } = state.value;
    if (block === scheduled_at) depositConsensusLog(x, { type: 'Resume', value: delay });
    if (block === later(scheduled_at, delay)) {
      State.put(x, { type: 'Live' });
      events.deposit(x, 'Resumed');
    }
  }
}
