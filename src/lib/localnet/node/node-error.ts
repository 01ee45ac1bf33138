/**
 * What a node cannot do:
 * - `unknown-block`: no block with this hash or number; `state-discarded`: the block's state is not kept
 * - `no-proofs`: the chain's root mode is `digest`, so there is no trie to prove anything from
 * - `block-failed`: the runtime panicked while a block was built; nothing of it was stored
 * - `port-in-use`, `address-unavailable`: the server cannot listen where it was told to
 * - `different-chain`: the data directory holds a chain of another preset or parameters than asked for
 * - `no-snapshot`: the preset's snapshot was not given
 * - `refused`: the operation is not allowed in this mode; `bad-option`: an option makes no sense
 * - `closed`: the node has shut down
 */
export type NodeErrorCode =
  | 'unknown-block'
  | 'state-discarded'
  | 'no-proofs'
  | 'block-failed'
  | 'port-in-use'
  | 'address-unavailable'
  | 'different-chain'
  | 'no-snapshot'
  | 'refused'
  | 'bad-option'
  | 'closed';

export class NodeError extends Error {
  override readonly name = 'NodeError';
  readonly code: NodeErrorCode;
  /** Facts for scripts. */
  readonly data: Readonly<Record<string, unknown>>;

  constructor(
    code: NodeErrorCode,
    message: string,
    options: { readonly data?: Readonly<Record<string, unknown>>; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.data = options.data ?? {};
  }
}
