import { normal } from '../../frame/dispatch-info.ts';
import { ensureRoot, ensureSigned, ensureSignedOrRoot } from '../../frame/origin.ts';
import { call } from '../../frame/pallet.ts';
import { vec } from '../../scale/compound.ts';
import { bytes } from '../../scale/primitives.ts';
import { H256 } from '../../scale/well-known.ts';
import { errors } from './spec.ts';
import { ensureUpdated, noteBytes, requestPreimage, unnotePreimage, unrequestPreimage } from './store.ts';
import { weights } from './weights.ts';

const MAX_HASHES = 1024;
const HASH = { hash: 'T::Hash' };

/** Calls of pallet-preimage 41 (src/lib.rs). Its manager is root. */
export const calls = {
  note_preimage: call(
    0,
    { bytes },
    ({ bytes: { length } }) => normal(weights.note_preimage(length)),
    (x, origin, { bytes: preimage }) => {
      const sender = ensureSignedOrRoot(origin);
      const { isRequested } = noteBytes(x, preimage, sender);
      return { pays: isRequested || sender === undefined ? 'No' : 'Yes' };
    },
    { bytes: 'Vec<u8>' },
  ),
  unnote_preimage: call(
    1,
    { hash: H256 },
    normal(weights.unnote_preimage),
    (x, origin, { hash }) => unnotePreimage(x, hash, ensureSignedOrRoot(origin)),
    HASH,
  ),
  request_preimage: call(
    2,
    { hash: H256 },
    normal(weights.request_preimage),
    (x, origin, { hash }) => {
      ensureRoot(origin);
      requestPreimage(x, hash);
    },
    HASH,
  ),
  unrequest_preimage: call(
    3,
    { hash: H256 },
    normal(weights.unrequest_preimage),
    (x, origin, { hash }) => {
      ensureRoot(origin);
      unrequestPreimage(x, hash);
    },
    HASH,
  ),
  ensure_updated: call(
    4,
    { hashes: vec(H256) },
    ({ hashes: { length } }) => normal(weights.ensure_updated(length)),
    (x, origin, { hashes }) => {
      ensureSigned(origin);
      if (hashes.length === 0) throw errors.TooFew;
      if (hashes.length > MAX_HASHES) throw errors.TooMany;
      const updated = hashes.filter((hash) => ensureUpdated(x, hash)).length;
      return { pays: updated * 10 < hashes.length * 9 ? 'Yes' : 'No' };
    },
    { hashes: 'Vec<T::Hash>' },
  ),
};
