/** Who the pallet is in the runtime. */
export const palletInfo = { name: 'SubtensorModule', index: 7, module: 'pallet_subtensor' } as const;
