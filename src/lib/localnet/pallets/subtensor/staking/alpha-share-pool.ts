import { type SafeFloat, safeFloatFromU64F64 } from '../../../fixed/safe-float.ts';
import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { Alpha, AlphaV2, TotalHotkeyAlpha, TotalHotkeyShares, TotalHotkeySharesV2 } from '../storage.ts';
import { SharePool, type SharePoolState } from './share-pool.ts';

/**
 * A hotkey's stake in one subnet, shared by its coldkeys, over storage. Shares of the old format (`Alpha`, `TotalHotkeyShares`) come first
 * when read and go away when written. Source: staking/stake_utils.rs `HotkeyAlphaSharePoolDataOperations`.
 */
class AlphaSharePoolState implements SharePoolState<AccountId> {
  readonly #x: Ext;
  readonly #hotkey: AccountId;
  readonly #netuid: number;

  constructor(x: Ext, hotkey: AccountId, netuid: number) {
    this.#x = x;
    this.#hotkey = hotkey;
    this.#netuid = netuid;
  }

  getSharedValue(): bigint {
    return TotalHotkeyAlpha.get(this.#x, this.#hotkey, this.#netuid);
  }

  setSharedValue(value: bigint): void {
    if (value !== 0n) TotalHotkeyAlpha.insert(this.#x, this.#hotkey, this.#netuid, value);
    else TotalHotkeyAlpha.remove(this.#x, this.#hotkey, this.#netuid);
  }

  getShare(coldkey: AccountId): SafeFloat {
    const key = [this.#hotkey, coldkey, this.#netuid] as const;
    return this.#oldShare(key) ?? AlphaV2.get(this.#x, key);
  }

  tryGetShare(coldkey: AccountId): SafeFloat | null {
    const key = [this.#hotkey, coldkey, this.#netuid] as const;
    return this.#oldShare(key) ?? AlphaV2.tryGet(this.#x, key) ?? null;
  }

  setShare(coldkey: AccountId, share: SafeFloat): void {
    const key = [this.#hotkey, coldkey, this.#netuid] as const;
    if (this.#oldShare(key)) Alpha.remove(this.#x, key);
    if (share.mantissa !== 0n) AlphaV2.insert(this.#x, key, share);
    else AlphaV2.remove(this.#x, key);
  }

  getDenominator(): SafeFloat {
    return this.#oldDenominator() ?? TotalHotkeySharesV2.get(this.#x, this.#hotkey, this.#netuid);
  }

  setDenominator(denominator: SafeFloat): void {
    if (this.#oldDenominator()) TotalHotkeyShares.remove(this.#x, this.#hotkey, this.#netuid);
    if (denominator.mantissa !== 0n) TotalHotkeySharesV2.insert(this.#x, this.#hotkey, this.#netuid, denominator);
    else TotalHotkeySharesV2.remove(this.#x, this.#hotkey, this.#netuid);
  }

  // Young chains have no old shares at all: asking that first spares a look-up of each of them.
  #oldShare(key: readonly [AccountId, AccountId, number]): SafeFloat | undefined {
    if (Alpha.isEmpty(this.#x)) return undefined;
    const share = Alpha.tryGet(this.#x, key);
    return share === undefined ? undefined : safeFloatFromU64F64(share);
  }

  #oldDenominator(): SafeFloat | undefined {
    if (TotalHotkeyShares.isEmpty(this.#x)) return undefined;
    const shares = TotalHotkeyShares.tryGet(this.#x, this.#hotkey, this.#netuid);
    return shares === undefined ? undefined : safeFloatFromU64F64(shares);
  }
}

/** Stake of the coldkeys on a hotkey in a subnet, as a pool of shares. */
export function getAlphaSharePool(x: Ext, hotkey: AccountId, netuid: number): SharePool<AccountId> {
  return new SharePool(new AlphaSharePoolState(x, hotkey, netuid));
}
