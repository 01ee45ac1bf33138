import type { YumaParameters } from '../../localnet/pure.ts';
import { nearest } from '../../nearest.ts';
import { parseAlpha } from '../../units.ts';
import { caseError, quoted } from './case-error.ts';

type Reader = (text: string, line: number, uidOf: (name: string, line: number) => number) => Partial<YumaParameters>;

function whole(name: keyof YumaParameters, least: number, most: number): Reader {
  return (text, line) => {
    const value = Number(text);
    if (/^-?\d{1,7}$/.test(text) && value >= least && value <= most) return { [name]: value };
    throw caseError(
      line,
      `${name} is a whole number from ${least} to ${most}, as the chain keeps it; found ${quoted(text)}.`,
    );
  };
}

function flag(name: 'yuma3' | 'liquidAlpha'): Reader {
  return (text, line) => {
    if (text === 'true' || text === 'false') return { [name]: text === 'true' };
    throw caseError(line, `${name} is true or false; found ${quoted(text)}.`);
  };
}

const U16 = 65_535;

/** Hyperparameters under the chain's names and in the chain's units, and the alpha of an epoch. */
const READERS: Readonly<Record<string, Reader>> = {
  tempo: whole('tempo', 1, U16),
  kappa: whole('kappa', 0, U16),
  bondsPenalty: whole('bondsPenalty', 0, U16),
  bondsMovingAverage: (text, line, uidOf) => {
    const { bondsMovingAverage } = whole('bondsMovingAverage', 0, 1_000_000)(text, line, uidOf);
    return { bondsMovingAverage: BigInt(bondsMovingAverage as unknown as number) };
  },
  yuma3: flag('yuma3'),
  liquidAlpha: flag('liquidAlpha'),
  alphaLow: whole('alphaLow', 0, U16),
  alphaHigh: whole('alphaHigh', 0, U16),
  alphaSigmoidSteepness: whole('alphaSigmoidSteepness', -32_768, 32_767),
  maxAllowedValidators: whole('maxAllowedValidators', 1, U16),
  owner: (text, line, uidOf) => ({ ownerUid: text === '' || text === 'null' ? null : uidOf(text, line) }),
  emissionAlpha: (text, line) => {
    try {
      return { raoEmission: parseAlpha(text) };
    } catch {
      throw caseError(line, `emissionAlpha is an amount of alpha; found ${quoted(text)}.`);
    }
  },
};

const PARAMETER_NAMES: readonly string[] = Object.keys(READERS);

/** One parameter as the simulation takes it. @throws CliError VALIDATION with the line */
export function changedParameter(
  name: string,
  text: string,
  line: number,
  uidOf: (name: string, line: number) => number,
): Partial<YumaParameters> {
  const read = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (read) return read(text, line, uidOf);
  const suggestion = nearest(name, PARAMETER_NAMES);
  throw caseError(
    line,
    `there is no parameter ${quoted(name)}${suggestion ? `; did you mean ${suggestion}?` : `; they are ${PARAMETER_NAMES.join(', ')}.`}`,
  );
}
