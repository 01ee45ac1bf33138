import { pallet } from '../../frame/pallet.ts';
import { proxyCalls } from './calls.ts';
import type { ProxyTypeFilter } from './do-proxy.ts';
import { constants, errorNames, events, LastCallResult, palletInfo, storage } from './spec.ts';

/** The chain's fork of pallet-proxy (pallets/proxy). @param filter what each type of proxy may call */
export const proxyPallet = (filter: ProxyTypeFilter) =>
  pallet({
    ...palletInfo,
    storage: storage.items,
    calls: proxyCalls(filter),
    events,
    errors: { names: errorNames },
    constants,
    hooks: {
      onFinalize: (x) => {
        LastCallResult.clear(x);
      },
    },
  });
