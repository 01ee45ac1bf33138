import type { Ext } from '../../frame/ext.ts';
import { concatBytes, toHex, utf8 } from '../../scale/bytes.ts';
import { vec } from '../../scale/compound.ts';
import { encode } from '../../scale/type.ts';
import { depositLog } from '../system/block.ts';
import { Authorities } from './spec.ts';
import { AuraPublic } from './types.ts';

const ENGINE_ID = toHex(utf8.encode('aura'));
/** `ConsensusLog::AuthoritiesChange`. */
const AUTHORITIES_CHANGE = Uint8Array.of(1);

/** Replaces the block authors and says so in the block's digest; nothing where there would be none (pallet-aura 41). */
export function changeAuthorities(x: Ext, authorities: readonly string[]): void {
  if (authorities.length === 0) return;
  Authorities.put(x, authorities);
  const log = concatBytes(AUTHORITIES_CHANGE, encode(vec(AuraPublic), authorities));
  depositLog(x, { type: 'Consensus', value: [ENGINE_ID, log] });
}
