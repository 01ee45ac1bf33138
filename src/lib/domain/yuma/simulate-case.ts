import type { EpochOutput, YumaParameters } from '../../localnet/pure.ts';
import { caseError } from './case-error.ts';
import { changedParameter } from './parameters.ts';
import type { YumaCase } from './yuma-case.ts';

/** What an epoch came to for one neuron; proportions are u16, amounts rao of alpha. */
export interface YumaRow {
  /** From 1. */
  readonly epoch: number;
  readonly uid: number;
  readonly stake: bigint;
  readonly permit: boolean;
  readonly consensus: number;
  readonly validatorTrust: number;
  readonly incentive: number;
  readonly dividends: number;
  readonly serverEmission: bigint;
  readonly validatorEmission: bigint;
  /** As storage keeps them. */
  readonly bonds: readonly { readonly uid: number; readonly value: number }[];
}

/** @param overrides parameters that hold in all epochs, whatever the case says: `kappa=32767` @throws CliError VALIDATION */
export async function simulateCase(yumaCase: YumaCase, overrides: readonly string[]): Promise<YumaRow[]> {
  const { simulateYuma, DEFAULT_YUMA_PARAMETERS } = await import('../../localnet/pure.ts');
  const parameters = readOverrides(yumaCase, overrides);
  const steps = yumaCase.steps.map((step) => ({ ...step, parameters: { ...step.parameters, ...parameters } }));
  let current = DEFAULT_YUMA_PARAMETERS;
  for (const [index, step] of steps.entries()) {
    current = { ...current, ...step.parameters };
    if (current.alphaLow > current.alphaHigh) throw caseError(0, `in epoch ${index + 1} alphaLow is above alphaHigh.`);
  }
  return simulateYuma(steps).flatMap((output, index) =>
    yumaCase.neurons.map((_, uid) => rowOf(output, yumaCase.steps[index]!.stakes[uid]!, index + 1, uid)),
  );
}

function readOverrides({ neurons }: YumaCase, overrides: readonly string[]): Partial<YumaParameters> {
  const uidOf = (name: string): number => {
    const uid = neurons.indexOf(name);
    if (uid < 0) throw caseError(0, `there is no neuron called "${name.slice(0, 60)}".`);
    return uid;
  };
  return Object.assign(
    {},
    ...overrides.map((text) => {
      const [name = '', ...value] = text.split('=');
      return changedParameter(name.trim(), value.join('=').trim(), 0, uidOf);
    }),
  ) as Partial<YumaParameters>;
}

function rowOf(output: EpochOutput, stake: bigint, epoch: number, uid: number): YumaRow {
  const pairs = output.bonds[uid] ?? [];
  return {
    ...{ epoch, uid, stake },
    permit: output.newValidatorPermits[uid]!,
    consensus: output.consensus[uid]!,
    validatorTrust: output.validatorTrust[uid]!,
    incentive: output.incentive[uid]!,
    dividends: output.dividends[uid]!,
    serverEmission: output.serverEmission[uid]!,
    validatorEmission: output.validatorEmission[uid]!,
    bonds: Array.from({ length: pairs.length / 2 }, (_, p) => ({ uid: pairs[2 * p]!, value: pairs[2 * p + 1]! })),
  };
}
