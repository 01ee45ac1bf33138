import { normal, operational } from '../../frame/dispatch-info.ts';
import { blake2_256 } from '../../frame/hashing.ts';
import { ensureRoot, ensureSigned } from '../../frame/origin.ts';
import { call } from '../../frame/pallet.ts';
import { toHex, utf8 } from '../../scale/bytes.ts';
import { tuple, vec } from '../../scale/compound.ts';
import { bytes, u32, u64 } from '../../scale/primitives.ts';
import { encode } from '../../scale/type.ts';
import { H256 } from '../../scale/well-known.ts';
import { depositLog } from './block.ts';
import { AuthorizedUpgrade, events } from './spec.ts';
import { weights } from './weights.ts';

const HEAP_PAGES = toHex(utf8.encode(':heappages'));
const MAX_U32 = 0xffff_ffff;

/**
 * Calls of frame-system 41 (src/lib.rs). The calls that replace the runtime's code are missing: the code of this chain
 * is this program, and it cannot run another.
 */
export const calls = {
  remark: call(
    0,
    { remark: bytes },
    ({ remark }) => normal(weights.remark(remark.length)),
    () => {},
    { remark: 'Vec<u8>' },
  ),
  set_heap_pages: call(
    1,
    { pages: u64 },
    operational(weights.set_heap_pages),
    (x, origin, { pages }) => {
      ensureRoot(origin);
      x.putRaw(HEAP_PAGES, encode(u64, pages));
      depositLog(x, { type: 'RuntimeEnvironmentUpdated' });
    },
    { pages: 'u64' },
  ),
  set_storage: call(
    4,
    { items: vec(tuple(bytes, bytes)) },
    ({ items }) => operational(weights.set_storage(items.length)),
    (x, origin, { items }) => {
      ensureRoot(origin);
      for (const [key, value] of items) x.putRaw(toHex(key), value);
    },
    { items: 'Vec<KeyValue>' },
  ),
  kill_storage: call(
    5,
    { keys: vec(bytes) },
    ({ keys }) => operational(weights.kill_storage(keys.length)),
    (x, origin, { keys }) => {
      ensureRoot(origin);
      for (const key of keys) x.killRaw(toHex(key));
    },
    { keys: 'Vec<Key>' },
  ),
  kill_prefix: call(
    6,
    { prefix: bytes, subkeys: u32 },
    ({ subkeys }) => operational(weights.kill_prefix(Math.min(subkeys + 1, MAX_U32))),
    (x, origin, { prefix, subkeys }) => {
      ensureRoot(origin);
      // Only keys that were there before this block count against the limit; those written in it always go.
      let left = subkeys;
      for (const key of x.keysWithPrefix(toHex(prefix))) {
        if (x.entry(key).base === undefined) x.killRaw(key);
        else if (left > 0) {
          x.killRaw(key);
          left -= 1;
        }
      }
    },
    { prefix: 'Key', subkeys: 'u32' },
  ),
  remark_with_event: call(
    7,
    { remark: bytes },
    ({ remark }) => normal(weights.remark_with_event(remark.length)),
    (x, origin, { remark }) => {
      const sender = ensureSigned(origin);
      events.deposit(x, 'Remarked', { sender, hash: toHex(blake2_256(remark)) });
    },
    { remark: 'Vec<u8>' },
  ),
  authorize_upgrade: call(
    9,
    { code_hash: H256 },
    operational(weights.authorize_upgrade),
    (x, origin, { code_hash }) => {
      ensureRoot(origin);
      AuthorizedUpgrade.put(x, { code_hash, check_version: true });
      events.deposit(x, 'UpgradeAuthorized', { code_hash, check_version: true });
    },
    { code_hash: 'T::Hash' },
  ),
  authorize_upgrade_without_checks: call(
    10,
    { code_hash: H256 },
    operational(weights.authorize_upgrade),
    (x, origin, { code_hash }) => {
      ensureRoot(origin);
      AuthorizedUpgrade.put(x, { code_hash, check_version: false });
      events.deposit(x, 'UpgradeAuthorized', { code_hash, check_version: false });
    },
    { code_hash: 'T::Hash' },
  ),
};
