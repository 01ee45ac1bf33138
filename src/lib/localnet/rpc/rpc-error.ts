/** A JSON-RPC error answer. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data?: unknown, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.data = data;
  }
}

/** Codes of the specification, and those that Substrate's server has beside them. */
export const CODES = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  tooManySubscriptions: -32006,
  requestTooBig: -32007,
  responseTooBig: -32008,
  serverIsBusy: -32009,
  batchTooBig: -32010,
  /** A chainHead limit is reached. */
  reachedLimits: -32800,
  /** The hash is not pinned by the follow subscription. */
  invalidBlock: -32801,
  /** The runtime call failed, or the subscription lacks the runtime. */
  invalidRuntimeCall: -32802,
  /** `withRuntime` was false. */
  invalidContinue: -32803,
  /** Client error in the state namespace. */
  state: 4003,
} as const;

export const invalidParams = (message: string, data?: unknown): RpcError =>
  new RpcError(CODES.invalidParams, 'Invalid params', data ?? message);
