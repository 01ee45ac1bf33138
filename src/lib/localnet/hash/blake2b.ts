import { blake2bModule, INPUT_OFFSET, OUTPUT_OFFSET } from './blake2b-module.ts';

const BLOCK = 128;
const PAGE = 65536;

/** The part of the WebAssembly interface that is used here; the compiler's libraries declare it for browsers only. */
interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}
interface WasmInterface {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => {
    readonly exports: { readonly memory: WasmMemory; readonly hash: (length: number, outputLength: number) => void };
  };
}

interface Engine {
  readonly memory: WasmMemory;
  readonly hash: (length: number, outputLength: number) => void;
  bytes: Uint8Array;
}

let engine: Engine | undefined;

function start(): Engine {
  const { WebAssembly: wasm } = globalThis as unknown as { readonly WebAssembly: WasmInterface };
  const { memory, hash } = new wasm.Instance(new wasm.Module(blake2bModule())).exports;
  return { memory, hash, bytes: new Uint8Array(memory.buffer) };
}

/**
 * BLAKE2b without a key (RFC 7693), several times as fast as a pure JavaScript one: the chain hashes state keys, trie
 * nodes, extrinsics and headers with it. Synchronous.
 *
 * @param data any length
 * @param outputLength digest length in bytes, 1 to 64
 */
export function blake2b(data: Uint8Array, outputLength: number): Uint8Array {
  engine ??= start();
  const { memory, hash } = engine;
  const length = data.length;
  const padded = length === 0 ? BLOCK : Math.ceil(length / BLOCK) * BLOCK;
  const needed = INPUT_OFFSET + padded;
  if (engine.bytes.length < needed) {
    memory.grow(Math.ceil((needed - engine.bytes.length) / PAGE));
    engine.bytes = new Uint8Array(memory.buffer);
  }
  const { bytes } = engine;
  bytes.set(data, INPUT_OFFSET);
  if (padded !== length) bytes.fill(0, INPUT_OFFSET + length, needed);
  hash(length, outputLength);
  return bytes.slice(OUTPUT_OFFSET, OUTPUT_OFFSET + outputLength);
}

/** BLAKE2b with 32 bytes of output: node, value, extrinsic and header hashes. */
export function blake2b256(data: Uint8Array): Uint8Array {
  return blake2b(data, 32);
}

/** BLAKE2b with 16 bytes of output: the prefix of `Blake2_128Concat` storage keys. */
export function blake2b128(data: Uint8Array): Uint8Array {
  return blake2b(data, 16);
}
