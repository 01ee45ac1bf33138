import { Flags } from '@oclif/core';
import { SLOT_MS } from '../domain/slot.ts';
import { CliError } from '../errors.ts';
import type { Preset, Sealing } from '../localnet/index.ts';

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

/** The options of `localnet start`. */
export interface StartFlags {
  readonly port: string;
  readonly host: string;
  readonly seal?: string | undefined;
  readonly 'block-time'?: string | undefined;
  readonly fast?: boolean;
  readonly preset?: string | undefined;
  readonly durable?: boolean;
  readonly detach?: boolean;
  readonly ephemeral?: boolean;
}

/** What seals blocks: --seal, or --block-time, which means interval; instant by default. @throws CliError USAGE */
export function sealingOf(flags: StartFlags): (fast: boolean) => Sealing {
  const { seal, 'block-time': time } = flags;
  if (time !== undefined) {
    if (seal !== undefined && seal !== 'interval') {
      throw new CliError('USAGE', `--block-time goes with --seal interval, not ${seal}.`, {
        hints: ['Leave one of them out.'],
      });
    }
    const ms = durationOf(time);
    return () => ({ mode: 'interval', ms });
  }
  if (seal === 'interval') return (fast) => ({ mode: 'interval', ms: fast ? SLOT_MS.fast : SLOT_MS.normal });
  return () => ({ mode: seal === 'manual' ? 'manual' : 'instant' });
}

function durationOf(text: string): number {
  const match = /^(\d{1,9})(?:\.(\d{1,3}))?\s*(ms|s|m)?$/.exec(text.trim());
  const unit = { ms: 1, s: 1000, m: 60_000 }[match?.[3] ?? 's'] as number;
  const ms = match ? Math.round(Number(`${match[1]}.${match[2] ?? 0}`) * unit) : 0;
  if (ms >= 1 && ms <= 86_400_000) return ms;
  throw new CliError('USAGE', `--block-time: "${text.slice(0, 40)}" is not a time between 1ms and a day.`, {
    hints: ['Write 12s or 250ms.'],
    data: { option: '--block-time', value: text.slice(0, 40) },
  });
}

/** @throws CliError USAGE */
export function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port;
  throw new CliError('USAGE', `--port: "${text.slice(0, 40)}" is not a port.`, {
    hints: ['A port is a number from 1 to 65535; 0 lets the system choose.'],
    data: { option: '--port', value: text.slice(0, 40) },
  });
}
