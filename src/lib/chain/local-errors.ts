import { CliError, type ErrorCode } from '../errors.ts';
import type { NodeError, StoreError } from '../localnet/index.ts';

const STORE: Readonly<Record<StoreError['code'], readonly [code: ErrorCode, sentence: string, hint: string]>> = {
  'not-found': ['FILE_NOT_FOUND', 'The local chain is not there', 'The next command on the local network makes it.'],
  exists: ['FILE_EXISTS', 'A local chain exists already', '`btcli-ts localnet reset` makes a new one.'],
  full: ['FILE_DISK_FULL', 'The disk is full: the local chain cannot go on', 'Free some space and try again.'],
  'read-only': [
    'FILE_READ_ONLY',
    'The local chain may not be written',
    'Check the rights of the folder, or choose another with BTCLI_DATA_DIR.',
  ],
  locked: [
    'FILE_LOCKED',
    'Another process holds the local chain and does not answer',
    'End that process, or try again when it is done.',
  ],
  'newer-version': [
    'FILE_NEWER_VERSION',
    'The local chain was made by a newer version of this program',
    'Update the program, or start anew with `btcli-ts localnet reset`.',
  ],
  corrupt: ['FILE_FAILED', 'The local chain is damaged', '`btcli-ts localnet reset` makes a new one.'],
  'unknown-block': ['NODE_ERROR', 'The local chain has no such block', 'Ask for a block between 0 and the newest.'],
  pruned: ['NODE_ERROR', 'The local chain does not keep the state of this block', 'Ask for a newer block.'],
  closed: ['CONNECTION_LOST', 'The local chain has shut down', 'Try again.'],
  io: ['FILE_FAILED', 'The local chain cannot be read or written', 'Check the disk and the folder.'],
};

const NODE: Readonly<Record<NodeError['code'], readonly [code: ErrorCode, hint: string]>> = {
  'unknown-block': ['NODE_ERROR', 'Ask for a block between 0 and the newest.'],
  'state-discarded': ['NODE_ERROR', 'Ask for a newer block.'],
  'no-proofs': ['NODE_ERROR', 'The preset subtensor has a state trie.'],
  'block-failed': ['BUG', 'Please report this with the command that led to it.'],
  'port-in-use': ['PORT_IN_USE', 'Choose another port with --port, or end what listens there.'],
  'address-unavailable': ['PORT_IN_USE', 'Choose another port or address.'],
  'different-chain': ['VALIDATION', 'Leave the option out, or start anew with `btcli-ts localnet reset`.'],
  'no-snapshot': ['FILE_NOT_FOUND', 'Choose the preset subtensor, or install the package anew.'],
  refused: ['VALIDATION', 'See `btcli-ts localnet status`.'],
  'bad-option': ['VALIDATION', 'See the help of the command.'],
  closed: ['CONNECTION_LOST', 'Try again.'],
};

const sentence = (text: string): string => text[0]!.toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');

/** The user's form of what the local node or its store threw; anything else is passed on as it is. */
export function toLocalError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  // By name: the classes belong to a part that is loaded only for the local network.
  if (error.name === 'StoreError') {
    const { code: what, path, message } = error as StoreError;
    const [code, words, hint] = STORE[what];
    // Whoever is to look at the folder, or to end a process there, has to know which it is.
    const isAboutFolder = code.startsWith('FILE_') && path !== undefined;
    return new CliError(code, sentence(words), {
      hints: [hint, ...(isAboutFolder ? [`Path: ${path}`] : [])],
      data: { path, reason: message },
      cause: error,
    });
  }
  if (error.name === 'NodeError') {
    const { code: what, data, message } = error as NodeError;
    const [code, hint] = NODE[what];
    return new CliError(code, sentence(message), { hints: [hint], data: { ...data }, cause: error });
  }
  return error;
}
