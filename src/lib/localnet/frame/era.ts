import { ScaleError } from '../scale/io.ts';
import { u8 } from '../scale/primitives.ts';
import { makeType, type Type } from '../scale/type.ts';

/** How long a transaction stays valid: for ever, or for `period` blocks from the block that `phase` points at. */
export type Era =
  | { readonly type: 'Immortal' }
  | { readonly type: 'Mortal'; readonly period: number; readonly phase: number };

export const IMMORTAL: Era = { type: 'Immortal' };

/** `sp_runtime::generic::Era`: one zero byte, or two bytes whose low nibble is the period's exponent and whose rest is the phase. */
export const EraType: Type<Era> = makeType<Era>(
  (out, era) => {
    if (era.type === 'Immortal') {
      out.u8(0);
      return;
    }
    const factor = Math.max(era.period >> 12, 1);
    const exponent = Math.min(Math.max(31 - Math.clz32(era.period) - 1, 1), 15);
    const word = exponent | (Math.floor(era.phase / factor) << 4);
    out.u8(word & 0xff);
    out.u8((word >> 8) & 0xff);
  },
  (input) => {
    const first = input.u8();
    if (first === 0) return IMMORTAL;
    const word = first + input.u8() * 256;
    const period = 2 << (word % 16);
    const factor = Math.max(period >> 12, 1);
    const phase = (word >> 4) * factor;
    if (period < 4 || phase >= period) throw new ScaleError(`no era has period ${period} and phase ${phase}`);
    return { type: 'Mortal', period, phase };
  },
  () => ({
    path: ['sp_runtime', 'generic', 'era', 'Era'],
    params: [],
    definition: {
      kind: 'variant',
      variants: [
        { name: 'Immortal', index: 0, fields: [] },
        ...Array.from({ length: 255 }, (_, i) => ({
          name: `Mortal${i + 1}`,
          index: i + 1,
          fields: [{ type: u8 as Type<unknown> }],
        })),
      ],
    },
  }),
);

/** A mortal era that starts at block `current`. `period` is rounded up to a power of two between 4 and 65,536. */
export function mortalEra(period: number, current: number): Era {
  let power = 4;
  while (power < period && power < 65_536) power *= 2;
  const factor = Math.max(power >> 12, 1);
  const phase = current % power;
  return { type: 'Mortal', period: power, phase: Math.floor(phase / factor) * factor };
}

/** The block whose hash the signer committed to. */
export function eraBirth(era: Era, current: number): number {
  if (era.type === 'Immortal') return 0;
  const { period, phase } = era;
  return Math.floor((Math.max(current, phase) - phase) / period) * period + phase;
}

const NEVER = 0xffff_ffff_ffff_ffffn;

/** The first block in which the transaction is no longer valid; 2^64 - 1 when it never ends. */
export function eraDeath(era: Era, current: number): bigint {
  return era.type === 'Immortal' ? NEVER : BigInt(eraBirth(era, current) + era.period);
}
