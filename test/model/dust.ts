/** Where `Balances.DustLost` stands among the runtime's events: pallet 5, event 1, then account and amount. */
export const BALANCES_PALLET_INDEX = 5;
export const DUST_LOST_INDEX = 1;
