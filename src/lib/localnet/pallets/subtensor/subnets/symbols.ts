import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { toHex } from '../../../scale/bytes.ts';
import { bytes } from '../../../scale/primitives.ts';
import { callWithNames, NetUid } from '../call-args.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { TokenSymbol } from '../storage.ts';
import { ensureSubnetOwnerOrRoot } from '../utils/ensure-owner.ts';
import { SYMBOLS } from './symbol-table.ts';

/** Symbols of subnets' tokens, each used once. Source: pallets/subtensor subnets/symbols.rs. */

const DEFAULT_SYMBOL = SYMBOLS[0]!;

function usedSymbols(x: Ext): Set<string> {
  return new Set([...TokenSymbol.iter(x)].map(([, symbol]) => toHex(symbol)));
}

/** The symbol at a netuid's place in the table. */
const getSymbolForSubnet = (netuid: number): Uint8Array => SYMBOLS[netuid] ?? DEFAULT_SYMBOL;

/** The symbol at the netuid's place, else the first free one, else root's. */
export function getNextAvailableSymbol(x: Ext, netuid: number): Uint8Array {
  const used = usedSymbols(x);
  const own = getSymbolForSubnet(netuid);
  if (!used.has(toHex(own))) return own;
  return SYMBOLS.slice(1).find((symbol) => !used.has(toHex(symbol))) ?? DEFAULT_SYMBOL;
}

/** Call 112. */
export const symbolCalls = {
  update_symbol: callWithNames(
    112,
    { netuid: NetUid, symbol: bytes },
    costs(228_313_000n, 9074n),
    (x, origin, { netuid, symbol }) => {
      ensureSubnetOwnerOrRoot(x, origin, netuid);
      const wanted = toHex(symbol);
      if (!SYMBOLS.slice(1).some((known) => toHex(known) === wanted)) throw errors.SymbolDoesNotExist;
      if (usedSymbols(x).has(wanted)) throw errors.SymbolAlreadyInUse;
      TokenSymbol.insert(x, netuid, symbol);
      events.deposit(x, 'SymbolUpdated', { netuid, symbol });
    },
  ),
};
