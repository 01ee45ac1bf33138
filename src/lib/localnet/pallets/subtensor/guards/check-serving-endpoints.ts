import type { Ext } from '../../../frame/ext.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { type AxonArgs, type PrometheusArgs, validateServeAxon, validateServePrometheus } from '../subnets/serving.ts';
import type { SubtensorCall } from './subtensor-call.ts';

export const SERVING_CALLS: ReadonlySet<string> = new Set(['serve_axon', 'serve_axon_tls', 'serve_prometheus']);

/** Endpoints must be valid before they are served. Source: pallets/subtensor guards/check_serving_endpoints.rs. @throws DispatchError */
export function checkServingEndpoints(x: Ext, who: AccountId, { name, args }: SubtensorCall): void {
  const { netuid } = args as { readonly netuid: number };
  if (name === 'serve_prometheus') validateServePrometheus(x, who, netuid, args as unknown as PrometheusArgs);
  else validateServeAxon(x, who, netuid, args as unknown as AxonArgs);
}
