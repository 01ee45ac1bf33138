import type { Pallet } from '../frame/pallet.ts';
import type { StorageItem } from '../frame/storage.ts';
import { fromHex, type Hex } from '../scale/bytes.ts';
import { decode } from '../scale/type.ts';

const show = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => {
    if (typeof item === 'bigint') return String(item);
    return item instanceof Uint8Array ? `0x${Buffer.from(item).toString('hex')}` : item;
  }) ?? 'undefined';

/** Makes storage keys and values readable for people: `Balances.TotalIssuance`, `System.Account(…)`. */
export class KeyNames {
  private readonly items = new Map<Hex, StorageItem>();

  constructor(pallets: readonly Pallet[]) {
    for (const pallet of pallets) for (const item of pallet.storage ?? []) this.items.set(item.prefix, item);
  }

  itemOf(key: Hex): StorageItem | undefined {
    return this.items.get(key.slice(0, 64));
  }

  describe(key: Hex): string {
    const item = this.itemOf(key);
    if (!item) return `0x${key}`;
    const rest = key.slice(64);
    return `${item.pallet}.${item.name}${rest ? ` 0x${rest}` : ''}`;
  }

  value(key: Hex, raw: Uint8Array | undefined | null): string {
    if (!raw) return 'absent';
    const item = this.itemOf(key);
    const hex = `0x${Buffer.from(raw).toString('hex')}`;
    if (!item) return hex;
    try {
      return show(decode(item.valueType, raw));
    } catch {
      return hex;
    }
  }

  /** Readable form of the hex value of a key. */
  hexValue(key: Hex, hex: string | null): string {
    return this.value(key, hex === null ? null : fromHex(hex));
  }
}
