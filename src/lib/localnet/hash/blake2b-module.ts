/**
 * Builds the WebAssembly module behind `blake2b`: BLAKE2b (RFC 7693) without a key, twelve rounds unrolled.
 *
 * The module is assembled here rather than shipped as a blob, so that every byte of it can be read in this file.
 * It exports its `memory` and `hash(length, outputLength)`, which hashes the `length` bytes at INPUT_OFFSET (padded with
 * zeros to a multiple of 128 bytes by the caller) and leaves the 64-byte chain value at OUTPUT_OFFSET.
 */

/** Where `hash` leaves its result; the first `outputLength` of 64 bytes are the digest. */
export const OUTPUT_OFFSET = 0;
/** Where `hash` reads its input. */
export const INPUT_OFFSET = 64;

const IV = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
] as const;

const SIGMA = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
] as const;

const I32 = 0x7f;
const I64 = 0x7e;

// Locals of `hash`: the two parameters, then 3 × i32, then 8 (chain value) + 16 (work vector) × i64.
const LENGTH = 0;
const OUTPUT_LENGTH = 1;
const POINTER = 2;
const COUNTED = 3;
const IS_LAST = 4;
const H = 5;
const V = 13;

function unsigned(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    out.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return out;
}

function signed(value: bigint): number[] {
  const out: number[] = [];
  let rest = value;
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const done = (rest === 0n && (low & 0x40) === 0) || (rest === -1n && (low & 0x40) !== 0);
    out.push(done ? low : low | 0x80);
    if (done) return out;
  }
}

const get = (local: number): number[] => [0x20, local];
const set = (local: number): number[] => [0x21, local];
const i32 = (value: number): number[] => [0x41, ...signed(BigInt(value))];
const i64 = (value: bigint): number[] => [0x42, ...signed(BigInt.asIntN(64, value))];
const loadI64 = (offset: number): number[] => [0x29, 0, ...unsigned(offset)];
const storeI64 = (offset: number): number[] => [0x37, 0, ...unsigned(offset)];
const I32_ADD = 0x6a;
const I32_EQ = 0x46;
const I32_LT_U = 0x49;
const I32_EQZ = 0x45;
const I64_ADD = 0x7c;
const I64_SUB = 0x7d;
const I64_XOR = 0x85;
const I64_ROTR = 0x8a;
const I64_EXTEND_I32_U = 0xad;
const SELECT = 0x1b;
/** A loop without parameters or results, and the branch back to its start when the top of the stack is not zero. */
const LOOP = [0x03, 0x40];
const REPEAT_IF = [0x0d, 0];
const END = 0x0b;

const ROTATE_32 = i64(32n);
const ROTATE_24 = i64(24n);
const ROTATE_16 = i64(16n);
const ROTATE_63 = i64(63n);
const WORDS = Array.from({ length: 16 }, (_, word) => [...get(POINTER), ...loadI64(INPUT_OFFSET + word * 8)]);

/** target = (target ^ other) >>> bits, where `bits` is the constant's code */
function rotate(out: number[], target: number, other: number, bits: readonly number[]): void {
  out.push(0x20, target, 0x20, other, I64_XOR, ...bits, I64_ROTR, 0x21, target);
}

function add(out: number[], target: number, other: number): void {
  out.push(0x20, target, 0x20, other, I64_ADD, 0x21, target);
}

/** a = a + b + word */
function addWord(out: number[], a: number, b: number, word: number): void {
  out.push(0x20, a, 0x20, b, I64_ADD, ...WORDS[word]!, I64_ADD, 0x21, a);
}

function mix(out: number[], a: number, b: number, c: number, d: number, x: number, y: number): void {
  addWord(out, a, b, x);
  rotate(out, d, a, ROTATE_32);
  add(out, c, d);
  rotate(out, b, c, ROTATE_24);
  addWord(out, a, b, y);
  rotate(out, d, a, ROTATE_16);
  add(out, c, d);
  rotate(out, b, c, ROTATE_63);
}

function rounds(): number[] {
  const out: number[] = [];
  for (let round = 0; round < 12; round++) {
    const s = SIGMA[round % 10]!;
    for (let i = 0; i < 4; i++) mix(out, V + i, V + 4 + i, V + 8 + i, V + 12 + i, s[2 * i]!, s[2 * i + 1]!);
    for (let i = 0; i < 4; i++) {
      const b = V + 4 + ((i + 1) % 4);
      const c = V + 8 + ((i + 2) % 4);
      const d = V + 12 + ((i + 3) % 4);
      mix(out, V + i, b, c, d, s[8 + 2 * i]!, s[9 + 2 * i]!);
    }
  }
  return out;
}

function body(): number[] {
  const eight = [0, 1, 2, 3, 4, 5, 6, 7];
  return [
    ...i64(IV[0] ^ 0x01010000n),
    ...get(OUTPUT_LENGTH),
    I64_EXTEND_I32_U,
    I64_XOR,
    ...set(H),
    ...eight.slice(1).flatMap((i) => [...i64(IV[i]!), ...set(H + i)]),
    ...LOOP,
    ...eight.flatMap((i) => [...get(H + i), ...set(V + i), ...i64(IV[i]!), ...set(V + 8 + i)]),
    // bytes counted so far = min(counted + 128, length); the block that reaches the length is the last
    ...get(COUNTED),
    ...i32(128),
    I32_ADD,
    ...get(LENGTH),
    ...get(COUNTED),
    ...i32(128),
    I32_ADD,
    ...get(LENGTH),
    I32_LT_U,
    SELECT,
    ...set(COUNTED),
    ...get(COUNTED),
    ...get(LENGTH),
    I32_EQ,
    ...set(IS_LAST),
    ...get(V + 12),
    ...get(COUNTED),
    I64_EXTEND_I32_U,
    I64_XOR,
    ...set(V + 12),
    ...get(V + 14),
    ...i64(0n),
    ...get(IS_LAST),
    I64_EXTEND_I32_U,
    I64_SUB,
    I64_XOR,
    ...set(V + 14),
    ...rounds(),
    ...eight.flatMap((i) => [...get(H + i), ...get(V + i), I64_XOR, ...get(V + 8 + i), I64_XOR, ...set(H + i)]),
    ...get(POINTER),
    ...i32(128),
    I32_ADD,
    ...set(POINTER),
    ...get(IS_LAST),
    I32_EQZ,
    ...REPEAT_IF,
    END,
    ...eight.flatMap((i) => [...i32(OUTPUT_OFFSET + 8 * i), ...get(H + i), ...storeI64(0)]),
    END,
  ];
}

function section(id: number, content: number[]): number[] {
  return [id, ...unsigned(content.length), ...content];
}

function name(text: string): number[] {
  return [text.length, ...Buffer.from(text, 'latin1')];
}

/** The module's bytes, ready for `new WebAssembly.Module`. */
export function blake2bModule(): Uint8Array<ArrayBuffer> {
  const code = [2, 3, I32, 24, I64, ...body()];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, 2, I32, I32, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0x00, 1]),
    ...section(7, [2, ...name('memory'), 0x02, 0, ...name('hash'), 0x00, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}
