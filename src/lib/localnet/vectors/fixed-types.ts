import { type FixedPoint, fixedPoint } from '../fixed/fixed-point.ts';
import { VectorFormatError } from './json.ts';

const TYPE_NAME = /^([IU])(\d{1,3})F(\d{1,3})$/;

const types = new Map<string, FixedPoint>();

export function isFixedTypeName(name: string): boolean {
  return TYPE_NAME.test(name);
}

/** The fixed-point type of a name such as `I32F32`. */
export function fixedTypeByName(name: string): FixedPoint {
  const known = types.get(name);
  if (known !== undefined) return known;
  const match = TYPE_NAME.exec(name);
  if (match === null) throw new VectorFormatError(`${name} is not a fixed-point type`);
  const type = fixedPoint({ name, signed: match[1] === 'I', intBits: Number(match[2]), fracBits: Number(match[3]) });
  types.set(name, type);
  return type;
}
