import { CliError } from '../errors.ts';

/**
 * sr25519 with secrets, in WebAssembly: there a secret lives in one piece of memory that can be wiped. In JavaScript it would
 * become BigInts, which nobody can wipe and which stay until they are collected.
 */
export type WasmCrypto = typeof import('@polkadot/wasm-crypto');

let loading: Promise<WasmCrypto> | undefined;

/** The library, for what needs no secret. */
export function wasmCrypto(): Promise<WasmCrypto> {
  loading ??= load();
  return loading;
}

async function load(): Promise<WasmCrypto> {
  const library = await import('@polkadot/wasm-crypto');
  if (!(await library.waitReady()) || library.bridge.type !== 'wasm')
    throw new CliError('UNEXPECTED', 'This Node.js cannot run WebAssembly, in which keys are used', {
      hints: ['Start it without --jitless and similar options'],
    });
  return library;
}

/** The memory as it was before the last use, without secrets. Kept, since fetching a megabyte from the system costs more than signing. */
let before = new Uint8Array(0);

/**
 * Uses the library with secrets and puts its whole memory back to what it was before: stack, heap, and what has been freed.
 * The library's random generator lies there too and is therefore seeded by the system for every use; nothing else may keep
 * one in there, or its numbers would repeat.
 * @param use synchronous, so that nobody else's work lies in that memory
 */
export async function inWipedMemory<T>(use: (library: WasmCrypto) => T): Promise<T> {
  const library = await wasmCrypto();
  const memory = (library.bridge.wasm as NonNullable<typeof library.bridge.wasm>).memory;
  const now = new Uint8Array(memory.buffer);
  if (before.length !== now.length) before = new Uint8Array(now.length);
  before.set(now);
  try {
    return use(library);
  } finally {
    // Read anew: growing replaces the buffer.
    const after = new Uint8Array(memory.buffer);
    after.set(before);
    after.fill(0, before.length);
    // Its allocator has forgotten the pages that it took and would take new ones at every use: it is given some to keep.
    const taken = after.length - before.length;
    if (taken > 0) library.twox(new Uint8Array(taken), 1);
  }
}
