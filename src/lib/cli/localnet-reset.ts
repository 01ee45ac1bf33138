import { inspectLocalPlace, refuseForeign, remakeLocalChain } from '../chain/local-place.ts';
import { localDataFolder, readPlayground } from './chain.ts';
import type { CommandContext } from './context.ts';
import { requireLocal } from './localnet-access.ts';
import { presetOf } from './localnet-flags.ts';

interface ResetFlags {
  readonly preset?: string | undefined;
  readonly fast?: boolean;
}

/** Deletes the local chain, once the user agreed, and makes a new one. */
export async function resetLocal(context: CommandContext, flags: ResetFlags) {
  requireLocal(context);
  const fast = flags.fast === true;
  const preset = presetOf(flags) ?? (fast ? 'subtensor' : 'playground');
  const directory = localDataFolder(context.paths.data);
  const { exists } = await inspectLocalPlace(directory);
  refuseForeign(directory);
  const asked = { directory, preset, fast, existed: exists };
  if (context.dryRun) return { ...asked, planned: true };
  if (exists) {
    await context.confirm(`The local chain in ${directory} will be deleted: every block, balance and stake on it.`, {
      typed: 'reset',
    });
  }
  context.progress.say('Making a new chain');
  const { root, index } = context.program.facts;
  const made = await remakeLocalChain(directory, {
    preset,
    fast,
    version: index.version,
    playgroundSnapshot: () => readPlayground(root),
  });
  context.meta.network = 'local';
  context.meta.block = made.block;
  return { ...asked, planned: false, ...made };
}
