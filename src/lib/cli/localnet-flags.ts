import { Flags } from '@oclif/core';
import { CliError } from '../errors.ts';
import type { Preset } from '../localnet/index.ts';

export const presetFlags = {
  preset: Flags.string({
    options: ['playground', 'subtensor'],
    helpValue: 'PRESET',
    summary: "playground: eight living subnets; subtensor: the chain's own bare local genesis",
  }),
};

/** The preset that was asked for. Fast blocks have no playground. @throws CliError USAGE */
export function presetOf(flags: { readonly preset?: string | undefined; readonly fast?: boolean }): Preset | undefined {
  if (flags.fast && flags.preset === 'playground') {
    throw new CliError('USAGE', 'The playground has normal blocks only.', {
      hints: ['Leave --fast out, or choose --preset subtensor.'],
    });
  }
  return flags.preset as Preset | undefined;
}
