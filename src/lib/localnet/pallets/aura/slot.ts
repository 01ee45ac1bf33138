import type { Ext } from '../../frame/ext.ts';
import { assertOrPanic } from '../../frame/panic.ts';
import type { Params } from '../../frame/params.ts';
import { toHex, utf8 } from '../../scale/bytes.ts';
import { u64 } from '../../scale/primitives.ts';
import { decode, encode } from '../../scale/type.ts';
import type { AccountId } from '../../scale/well-known.ts';
import type { DigestItemValue } from '../system/block.ts';
import { Digest } from '../system/spec.ts';
import { Authorities, CurrentSlot } from './spec.ts';

const ENGINE_ID = toHex(utf8.encode('aura'));

/** Milliseconds a slot lasts. */
export const slotDuration = ({ fast }: Params): bigint => (fast ? 250n : 12_000n);

/** The digest item that names the slot of a block. */
export const slotDigest = (slot: bigint): DigestItemValue => ({
  type: 'PreRuntime',
  value: [ENGINE_ID, encode(u64, slot)],
});

/** The slot of the running block, from its digest. */
export function currentSlotFromDigests(x: Ext): bigint | undefined {
  for (const item of Digest.get(x).logs) {
    if (item.type === 'PreRuntime' && item.value[0] === ENGINE_ID) return decode(u64, item.value[1]);
  }
  return undefined;
}

/** Who makes the running block: the authority whose turn its slot is. Fees go to this account. */
export function blockAuthor(x: Ext): AccountId | undefined {
  const slot = currentSlotFromDigests(x);
  const authorities = Authorities.get(x);
  if (slot === undefined || authorities.length === 0) return undefined;
  return authorities[Number(slot % BigInt(authorities.length))];
}

/** `OnTimestampSet`: time and slot must belong together. @throws RuntimePanic */
export function checkTimestampSlot(x: Ext, now: bigint): void {
  assertOrPanic(
    CurrentSlot.get(x) === now / slotDuration(x.params),
    `timestamp ${now} does not lie in slot ${CurrentSlot.get(x)}`,
  );
}
