import type { DispatchError } from '../frame/dispatch-error.ts';
import { Ext } from '../frame/ext.ts';
import { bindDispatchInfo } from '../frame/inner-calls.ts';
import type { Origin } from '../frame/origin.ts';
import { OriginCallerType } from '../frame/origin-caller.ts';
import { runtimeCallType, runtimeEventType } from '../frame/outer-types.ts';
import type { Pallet } from '../frame/pallet.ts';
import type { Params } from '../frame/params.ts';
import { callRuntimeApi, type RuntimeApi } from '../frame/runtime-api.ts';
import type { RuntimeCallValue, RuntimeHandle } from '../frame/runtime-handle.ts';
import { OriginCaller, RuntimeCall, RuntimeEvent } from '../frame/runtime-types.ts';
import type { StateReader } from '../frame/state-reader.ts';
import type { TransactionExtension } from '../frame/transaction-extension.ts';
import {
  combineValidity,
  DEFAULT_VALIDITY,
  invalid,
  type TransactionSource,
  unknownTransaction,
  type ValidTransaction,
} from '../frame/transaction-validity.ts';
import type { DispatchClass, Weight } from '../frame/weight.ts';
import { blockNumber, initialize } from '../pallets/system/block.ts';
import type { AlphaFees } from '../pallets/transaction-payment/charge.ts';
import { computeFee, type FeeDetails, feeDetails } from '../pallets/transaction-payment/fee.ts';
import type { Hex } from '../scale/bytes.ts';
import { decode, encode, type Type } from '../scale/type.ts';
import { withDepthLimit } from './call-depth.ts';
import { type CheckedExtrinsic, checkExtrinsic, decodeOrRefuse } from './checked-extrinsic.ts';
import { type CallFilter, Dispatcher } from './dispatch.ts';
import { type Applied, type BlockStart, Executive } from './executive.ts';
import type { Guard } from './extensions/chain-checks.ts';
import type { RealPaysFee } from './extensions/charge-transaction-payment.ts';
import { transactionExtensions } from './extensions/list.ts';
import type { HeaderValue } from './header.ts';
import type { RuntimePorts } from './ports.ts';
import { RuntimeMetadata } from './runtime-metadata.ts';
import { type RuntimeVersionValue, versionOf, withVersion } from './runtime-version.ts';

/** What pallets contribute to the runtime around them. */
export interface RuntimeConfig {
  readonly baseCallFilter: CallFilter;
  /** The chain's six checks before every signed dispatch. */
  readonly guard: Guard;
  /** The code that a guard's error has in the pool (CustomTransactionError). */
  readonly guardErrorCode: (error: DispatchError) => number;
  readonly alphaFees?: AlphaFees;
  readonly realPaysFee?: RealPaysFee;
  /** The runtime APIs, in the chain's order. */
  readonly apis: (runtime: Runtime) => readonly RuntimeApi[];
}

export interface RuntimeDispatchInfo {
  readonly weight: Weight;
  readonly class: DispatchClass;
  /** Rao, without tip. */
  readonly partial_fee: bigint;
}

/** The state transition function: pallets put together. Pure and synchronous; all I/O is behind the ports. */
export class Runtime implements RuntimeHandle {
  readonly pallets: readonly Pallet[];
  readonly params: Params;
  readonly extensions: readonly TransactionExtension[];
  readonly callType: Type<RuntimeCallValue>;
  readonly eventType: Type<RuntimeCallValue>;
  readonly apis: readonly RuntimeApi[];
  readonly version: RuntimeVersionValue;
  private readonly described: RuntimeMetadata;
  private readonly ports: RuntimePorts;
  private readonly dispatcher: Dispatcher;
  private readonly executive: Executive;

  constructor(pallets: readonly Pallet[], params: Params, ports: RuntimePorts, config: RuntimeConfig) {
    this.params = params;
    this.ports = ports;
    this.extensions = transactionExtensions({ ...config, metadataHash: ports.metadataHash ?? (() => undefined) });
    this.apis = config.apis(this);
    this.version = versionOf(this.apis);
    this.pallets = withVersion(
      [...pallets].sort((a, b) => a.index - b.index),
      this.version,
    );
    this.described = new RuntimeMetadata(this);
    this.callType = withDepthLimit(runtimeCallType(this.pallets));
    this.eventType = runtimeEventType(this.pallets);
    RuntimeCall.bind(this.callType);
    RuntimeEvent.bind(this.eventType);
    OriginCaller.bind(OriginCallerType);
    this.dispatcher = new Dispatcher(this.pallets, config.baseCallFilter, config.guard);
    bindDispatchInfo((call) => this.dispatcher.info(call));
    this.executive = new Executive(this.pallets, this.dispatcher, this.extensions, ports.rootOf);
  }

  /** Externalities over committed state: what every other method works on. */
  createExt(base: StateReader): Ext {
    return new Ext(base, this.params, this);
  }

  // ---- RuntimeHandle ------------------------------------------------------------------------------------------

  dispatch(x: Ext, call: RuntimeCallValue, origin: Origin) {
    return this.dispatcher.dispatch(x, call, origin);
  }
  dispatchBypassFilter(x: Ext, call: RuntimeCallValue, origin: Origin) {
    return this.dispatcher.dispatchBypassFilter(x, call, origin);
  }
  dispatchInfo(call: RuntimeCallValue) {
    return this.dispatcher.info(call);
  }
  encodeCall(call: RuntimeCallValue): Uint8Array {
    return encode(this.callType, call);
  }
  decodeCall(bytes: Uint8Array): RuntimeCallValue {
    return decode(this.callType, bytes);
  }
  stateRoot(x: Ext): Hex {
    return this.executive.intermediateRoot(x);
  }

  // ---- what clients ask ---------------------------------------------------------------------------------------

  /** Metadata bytes; undefined for a version that is not served. */
  metadata(version: number): Uint8Array | undefined {
    return this.described.at(version);
  }

  /** What a transaction signs of the metadata (RFC-0078). */
  metadataHash(): Hex {
    return this.described.hash();
  }

  /** `Api_method` with SCALE arguments on the state of `x`; undefined when there is no such method. @throws ScaleError */
  callApi(x: Ext, name: string, input: Uint8Array): Uint8Array | undefined {
    return callRuntimeApi(this.apis, x, name, input);
  }

  // ---- blocks -------------------------------------------------------------------------------------------------

  initializeBlock(x: Ext, start: BlockStart): void {
    this.executive.initializeBlock(x, start);
  }

  private isInherent(checked: CheckedExtrinsic): boolean {
    if (checked.type !== 'Bare') return false;
    const pallet = this.pallets.find(({ name }) => name === checked.call.type);
    return pallet?.isInherent?.(checked.call.value.type) ?? false;
  }

  /**
   * `apply_extrinsic` as the chain's runtime does it: an extrinsic that is refused may leave writes behind, which whoever
   * builds the block undoes (see `pushExtrinsic`). `bytes` are those of a block body.
   * @throws TransactionValidityError when the extrinsic must not enter the block
   */
  applyExtrinsic(x: Ext, bytes: Uint8Array): Applied {
    const extrinsic = decodeOrRefuse(this.callType, bytes);
    const checked = checkExtrinsic(x, this.extensions, this.ports.verifySignature, extrinsic);
    return this.applyChecked(x, checked);
  }

  /** As `applyExtrinsic`, for an extrinsic that was checked elsewhere. @throws TransactionValidityError */
  applyChecked(x: Ext, checked: CheckedExtrinsic): Applied {
    return this.executive.applyChecked(x, checked, this.isInherent(checked));
  }

  /** Applies an extrinsic as a block builder does: a refused one leaves no trace. @throws TransactionValidityError */
  pushExtrinsic(x: Ext, bytes: Uint8Array): Applied {
    return x.transact(() => this.applyExtrinsic(x, bytes));
  }

  finalizeBlock(x: Ext): HeaderValue {
    return this.executive.finalizeBlock(x);
  }

  // ---- pool and fees ------------------------------------------------------------------------------------------

  /**
   * `TaggedTransactionQueue_validate_transaction`: as the next block after `blockHash` would see it. Undoes its own writes.
   * @throws TransactionValidityError
   */
  validateTransaction(x: Ext, source: TransactionSource, bytes: Uint8Array, blockHash: Hex): ValidTransaction {
    const { phase } = x;
    try {
      return x.simulate(() => {
        initialize(x, blockNumber(x) + 1, blockHash, { logs: [] });
        return this.validate(x, source, bytes);
      });
    } finally {
      x.phase = phase;
    }
  }

  private validate(x: Ext, source: TransactionSource, bytes: Uint8Array): ValidTransaction {
    const extrinsic = decodeOrRefuse(this.callType, bytes);
    const checked = checkExtrinsic(x, this.extensions, this.ports.verifySignature, extrinsic);
    const info = this.dispatcher.info(checked.call);
    if (info.class === 'Mandatory') throw invalid('MandatoryValidation');
    if (checked.type === 'Bare') {
      for (const extension of this.extensions) extension.bareValidate?.(x, info, checked.length);
      const pallet = this.pallets.find(({ name }) => name === checked.call.type);
      if (!pallet?.validateUnsigned) throw unknownTransaction('NoUnsignedValidator');
      return pallet.validateUnsigned(x, source, checked.call.value);
    }
    const input = {
      origin: { type: 'Signed', account: checked.signer } as const,
      call: checked.call,
      info,
      length: checked.length,
      extra: checked.extra,
      source,
    };
    let validity = DEFAULT_VALIDITY;
    for (const extension of this.extensions) {
      const validated = extension.validate?.(x, input);
      if (validated?.validity) validity = combineValidity(validity, validated.validity);
    }
    return validity;
  }

  /** `TransactionPaymentApi_query_info`. `length` in bytes. @throws InvalidTransaction.Call */
  queryInfo(x: Ext, bytes: Uint8Array, length: number): RuntimeDispatchInfo {
    const { preamble, call } = decodeOrRefuse(this.callType, bytes);
    const info = this.dispatcher.info(call);
    const partial_fee = preamble.type === 'Bare' ? 0n : computeFee(x, length, info, 0n);
    return { weight: info.weight, class: info.class, partial_fee };
  }

  /** `TransactionPaymentApi_query_fee_details`. @throws InvalidTransaction.Call */
  queryFeeDetails(x: Ext, bytes: Uint8Array, length: number): FeeDetails {
    const { preamble, call } = decodeOrRefuse(this.callType, bytes);
    if (preamble.type === 'Bare') return { inclusion_fee: undefined, tip: 0n };
    return feeDetails(x, length, this.dispatcher.info(call), 0n);
  }

  /** `TransactionPaymentCallApi_query_call_info`. */
  queryCallInfo(x: Ext, call: RuntimeCallValue, length: number): RuntimeDispatchInfo {
    const info = this.dispatcher.info(call);
    return { weight: info.weight, class: info.class, partial_fee: computeFee(x, length, info, 0n) };
  }

  /** `TransactionPaymentCallApi_query_call_fee_details`. */
  queryCallFeeDetails(x: Ext, call: RuntimeCallValue, length: number): FeeDetails {
    return feeDetails(x, length, this.dispatcher.info(call), 0n);
  }
}

/** Puts pallets together. One runtime serves one chain: its ports belong to that chain's node. */
export function createRuntime(
  pallets: readonly Pallet[],
  params: Params,
  ports: RuntimePorts,
  config: RuntimeConfig,
): Runtime {
  return new Runtime(pallets, params, ports, config);
}
