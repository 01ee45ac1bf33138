import { maxOf, saturatingAddU64, saturatingSub } from '../../../fixed/integer.ts';
import {
  SAFE_FLOAT_ZERO,
  type SafeFloat,
  safeFloatAdd,
  safeFloatFromU64,
  safeFloatMulDiv,
  safeFloatSub,
  safeFloatToU64,
} from '../../../fixed/safe-float.ts';

/** What a share pool keeps, and where: storage in the pallet, a map in a test. */
export interface SharePoolState<Key> {
  /** Value that all keys share, in rao of the pool's currency. */
  getSharedValue(): bigint;
  setSharedValue(value: bigint): void;
  /** Share of a key, zero when it has none. */
  getShare(key: Key): SafeFloat;
  /** Share of a key, or null when none is stored. */
  tryGetShare(key: Key): SafeFloat | null;
  setShare(key: Key, share: SafeFloat): void;
  /** Sum of all shares. */
  getDenominator(): SafeFloat;
  setDenominator(denominator: SafeFloat): void;
}

/**
 * A value in rao divided among keys by shares: the stake on one hotkey in one subnet, divided among its coldkeys.
 * Amounts are rao; updates are signed (i64). Source: primitives/share-pool `SharePool`.
 */
export class SharePool<Key> {
  readonly #state: SharePoolState<Key>;

  constructor(state: SharePoolState<Key>) {
    this.#state = state;
  }

  /** Value of a key, rounded down; 0 for an unknown key. */
  getValue(key: Key): bigint {
    return this.getValueFromShares(this.#state.getShare(key));
  }

  /** Value that a share of this size has, rounded down. */
  getValueFromShares(share: SafeFloat): bigint {
    const shared = safeFloatFromU64(this.#state.getSharedValue());
    return safeFloatToU64(safeFloatMulDiv(shared, share, this.#state.getDenominator()) ?? SAFE_FLOAT_ZERO);
  }

  /** Value of a key, or null when it has no share stored. */
  tryGetValue(key: Key): bigint | null {
    return this.#state.tryGetShare(key) === null ? null : this.getValue(key);
  }

  /** Adds to, or takes from, the value that all keys share; limited to u64. */
  updateValueForAll(update: bigint): void {
    const shared = this.#state.getSharedValue();
    this.#state.setSharedValue(update >= 0n ? saturatingAddU64(shared, update) : saturatingSub(shared, -update));
  }

  /** Whether `updateValueForOne` with this update would change any share. */
  simUpdateValueForOne(update: bigint): boolean {
    const denominator = this.#state.getDenominator();
    if (denominator.mantissa === 0n) return true;
    return this.#sharesPerUpdate(update, denominator).mantissa !== 0n;
  }

  /** Adds to, or takes from, the value of one key, by giving it shares or taking them. */
  updateValueForOne(key: Key, update: bigint): void {
    const share = this.#state.getShare(key);
    const denominator = this.#state.getDenominator();
    if (denominator.mantissa === 0n) {
      // The first key owns the whole pool.
      const initial = safeFloatFromU64(maxOf(update, -update));
      this.#state.setDenominator(initial);
      this.#state.setShare(key, initial);
    } else {
      const shares = this.#sharesPerUpdate(update, denominator);
      const apply = update > 0n ? safeFloatAdd : safeFloatSub;
      // Where the sum has no float, or more is taken than is there, the chain keeps the old one.
      this.#state.setDenominator(apply(denominator, shares) ?? denominator);
      this.#state.setShare(key, apply(share, shares) ?? share);
    }
    this.updateValueForAll(update);
  }

  #sharesPerUpdate(update: bigint, denominator: SafeFloat): SafeFloat {
    const shared = safeFloatFromU64(this.#state.getSharedValue());
    return safeFloatMulDiv(safeFloatFromU64(maxOf(update, -update)), denominator, shared) ?? SAFE_FLOAT_ZERO;
  }
}
