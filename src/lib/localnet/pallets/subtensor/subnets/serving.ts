import { saturatingSub } from '../../../fixed/integer.ts';
import { costs } from '../../../frame/dispatch-info.ts';
import type { Ext } from '../../../frame/ext.ts';
import { ensureSigned } from '../../../frame/origin.ts';
import { bytes } from '../../../scale/primitives.ts';
import type { ValueOf } from '../../../scale/type.ts';
import type { AccountId } from '../../../scale/well-known.ts';
import { currentBlock } from '../../system/block-number.ts';
import { callWithNames, NetUid } from '../call-args.ts';
import { errors } from '../errors.ts';
import { events } from '../events.ts';
import { Axons, NeuronCertificates, Prometheus, ServingRateLimit } from '../storage.ts';
import { type AxonInfo, axonFields, type NeuronCertificate, type PrometheusInfo, prometheusFields } from '../types.ts';
import { isHotkeyRegisteredOnNetwork } from './uids.ts';

/** Where neurons can be reached. Source: pallets/subtensor subnets/serving.rs. */

type Axon = ValueOf<typeof AxonInfo>;
/** What a neuron says of its axon; the chain adds the block. */
export type AxonArgs = Omit<Axon, 'block'>;
type PrometheusValue = ValueOf<typeof PrometheusInfo>;
export type PrometheusArgs = Omit<PrometheusValue, 'block'>;

const LOCALHOST_V4 = 0x7f000001n;
const LOCALHOST_V6 = 1n;
const U32_MAX = 0xffff_ffffn;
const U128_MAX = (1n << 128n) - 1n;
/** Algorithm byte and a key of at most 64 bytes. */
const MAX_CERTIFICATE_LENGTH = 65;

const isValidIpType = (ipType: number): boolean => ipType === 4 || ipType === 6;

/** Whether an address may be served; localhost and the all-ones address may not. */
function isValidIpAddress(ipType: number, address: bigint, allowZero: boolean): boolean {
  if (!allowZero && address === 0n) return false;
  if (ipType === 4 && (address >= U32_MAX || address === LOCALHOST_V4)) return false;
  return !(ipType === 6 && (address === U128_MAX || address === LOCALHOST_V6));
}

function passesServingLimit(x: Ext, netuid: number, last: bigint): boolean {
  const limit = ServingRateLimit.get(x, netuid);
  return limit === 0n || last === 0n || saturatingSub(currentBlock(x), last) >= limit;
}

/** The checks of `serve_axon`, before any write. @throws DispatchError in the chain's order */
export function validateServeAxon(x: Ext, hotkey: AccountId, netuid: number, axon: AxonArgs): void {
  if (!isHotkeyRegisteredOnNetwork(x, netuid, hotkey)) throw errors.HotKeyNotRegisteredInNetwork;
  if (!isValidIpType(axon.ip_type)) throw errors.InvalidIpType;
  if (!isValidIpAddress(axon.ip_type, axon.ip, true)) throw errors.InvalidIpAddress;
  const last = Axons.get(x, netuid, hotkey)?.block ?? 0n;
  if (!passesServingLimit(x, netuid, last)) throw errors.ServingRateLimitExceeded;
  if (axon.port === 0) throw errors.InvalidPort;
}

/** The checks of `serve_prometheus`, before any write. @throws DispatchError in the chain's order */
export function validateServePrometheus(x: Ext, hotkey: AccountId, netuid: number, prometheus: PrometheusArgs): void {
  if (!isValidIpType(prometheus.ip_type)) throw errors.InvalidIpType;
  if (!isValidIpAddress(prometheus.ip_type, prometheus.ip, false)) throw errors.InvalidIpAddress;
  if (!isHotkeyRegisteredOnNetwork(x, netuid, hotkey)) throw errors.HotKeyNotRegisteredInNetwork;
  const last = Prometheus.get(x, netuid, hotkey)?.block ?? 0n;
  if (!passesServingLimit(x, netuid, last)) throw errors.ServingRateLimitExceeded;
  if (prometheus.port === 0) throw errors.InvalidPort;
}

/** The certificate in its bytes, undefined when they are none: it is left out then, without an error. */
function certificateFrom(certificate: Uint8Array): ValueOf<typeof NeuronCertificate> | undefined {
  if (certificate.length === 0 || certificate.length > MAX_CERTIFICATE_LENGTH) return undefined;
  return { algorithm: certificate[0]!, public_key: certificate.slice(1) };
}

function doServeAxon(x: Ext, hotkey: AccountId, netuid: number, axon: AxonArgs, certificate?: Uint8Array): void {
  validateServeAxon(x, hotkey, netuid, axon);
  const checked = certificate && certificateFrom(certificate);
  if (checked) NeuronCertificates.insert(x, netuid, hotkey, checked);
  Axons.insert(x, netuid, hotkey, { block: currentBlock(x), ...axon });
  events.deposit(x, 'AxonServed', [netuid, hotkey]);
}

function doServePrometheus(x: Ext, hotkey: AccountId, netuid: number, prometheus: PrometheusArgs): void {
  validateServePrometheus(x, hotkey, netuid, prometheus);
  Prometheus.insert(x, netuid, hotkey, { block: currentBlock(x), ...prometheus });
  events.deposit(x, 'PrometheusServed', [netuid, hotkey]);
}

const axonArgs = { netuid: NetUid, ...axonFields } as const;

/** Calls 4, 5 and 40. */
export const servingCalls = {
  serve_axon: callWithNames(4, axonArgs, costs(206_278_000n, 4178n, 'No'), (x, origin, { netuid, ...axon }) =>
    doServeAxon(x, ensureSigned(origin), netuid, axon),
  ),
  serve_prometheus: callWithNames(
    5,
    { netuid: NetUid, ...prometheusFields },
    costs(204_294_000n, 4277n, 'No'),
    (x, origin, { netuid, ...prometheus }) => doServePrometheus(x, ensureSigned(origin), netuid, prometheus),
  ),
  serve_axon_tls: callWithNames(
    40,
    { ...axonArgs, certificate: bytes },
    costs(205_617_000n, 4149n, 'No'),
    (x, origin, { netuid, certificate, ...axon }) => doServeAxon(x, ensureSigned(origin), netuid, axon, certificate),
  ),
};
