import type { Ext } from '../../../frame/ext.ts';
import type { Origin } from '../../../frame/origin.ts';
import { errors } from '../errors.ts';
import { AlphaValues, LiquidAlphaOn } from '../storage.ts';
import { ensureSubnetOwnerOrRoot } from './ensure-owner.ts';

/** A fortieth of 65535. */
const MIN_ALPHA = 1638;

/**
 * Bounds of liquid alpha, in 1/65535.
 *
 * @throws BadOrigin, LiquidAlphaDisabled, AlphaHighTooLow, AlphaLowOutOfRange
 * Source: pallets/subtensor epoch/run_epoch.rs `do_set_alpha_values`.
 */
export function doSetAlphaValues(x: Ext, origin: Origin, netuid: number, low: number, high: number): void {
  ensureSubnetOwnerOrRoot(x, origin, netuid);
  if (!LiquidAlphaOn.get(x, netuid)) throw errors.LiquidAlphaDisabled;
  if (high < MIN_ALPHA) throw errors.AlphaHighTooLow;
  if (low < MIN_ALPHA || low > high) throw errors.AlphaLowOutOfRange;
  AlphaValues.insert(x, netuid, [low, high]);
}
