import type { VerifySignature } from '../../frame/multi-signature.ts';
import { pallet } from '../../frame/pallet.ts';
import { calls } from './calls.ts';
import { constants, errorNames, events, palletInfo, storage } from './spec.ts';
import { validateUnsigned } from './validate-unsigned.ts';

/** The chain's pallets/drand without its offchain worker, which would ask the internet. @param verify who signed a payload */
export const drandPallet = (verify: VerifySignature) =>
  pallet({
    ...palletInfo,
    storage: storage.items,
    calls,
    events,
    errors: { names: errorNames },
    constants,
    validateUnsigned: (x, _, call) => validateUnsigned(x, verify, call),
  });
