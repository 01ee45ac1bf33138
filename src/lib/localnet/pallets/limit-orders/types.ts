// Types of the pallet that storage, events and calls carry.

import { enumeration, plainEnum } from '../../scale/compound.ts';
import { u64 } from '../../scale/primitives.ts';

export const OrderStatus = enumeration('pallet_limit_orders::OrderStatus', {
  Fulfilled: null,
  PartiallyFilled: u64,
  Cancelled: null,
});
export const OrderType = plainEnum('pallet_limit_orders::OrderType', ['LimitBuy', 'TakeProfit', 'StopLoss']);
export const OrderSide = plainEnum('pallet_limit_orders::OrderSide', ['Buy', 'Sell']);
