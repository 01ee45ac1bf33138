import type { Ext } from '../../../frame/ext.ts';
import type { ValueOf } from '../../../scale/type.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { Axons, Prometheus } from '../storage.ts';
import type { AxonInfo, PrometheusInfo } from '../types.ts';

/** Where a neuron serves; all zero where it does not. Source: pallets/subtensor subnets/serving.rs. */
export const getAxonInfo = (x: Ext, netuid: number, hotkey: AccountId): ValueOf<typeof AxonInfo> =>
  Axons.get(x, netuid, hotkey) ?? {
    block: 0n,
    version: 0,
    ip: 0n,
    port: 0,
    ip_type: 0,
    protocol: 0,
    placeholder1: 0,
    placeholder2: 0,
  };

export const getPrometheusInfo = (x: Ext, netuid: number, hotkey: AccountId): ValueOf<typeof PrometheusInfo> =>
  Prometheus.get(x, netuid, hotkey) ?? { block: 0n, version: 0, ip: 0n, port: 0, ip_type: 0 };
