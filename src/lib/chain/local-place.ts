import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from '../errors.ts';
import type { Owned, Owner, Preset } from '../localnet/index.ts';
import { toLocalError } from './local-errors.ts';

/** What lies in the data directory of the local chain, and who has it open. */
export interface LocalPlace {
  readonly directory: string;
  /** A chain is there. */
  readonly exists: boolean;
  /** Bytes of all its files. */
  readonly bytes: number;
  /** The living process that has it open and answers. */
  readonly owner: Owner | undefined;
}

const DATABASE = 'chain.mdb';
/** Every file that the local chain makes in its directory. */
const OURS =
  /^(chain\.mdb(-lock)?|chain\.wal|chain\..*\.tmp|owner\.[1-9][0-9]*\.json|owner\..*\.tmp|node-[0-9a-f]+\.sock)$/;

/** Looks without opening the chain or making anything. @throws CliError */
export async function inspectLocalPlace(directory: string): Promise<LocalPlace> {
  try {
    const isFolder = lstatSync(directory, { throwIfNoEntry: false })?.isDirectory() === true;
    const names = isFolder ? readdirSync(directory) : [];
    const { findOwner } = await import('../localnet/index.ts');
    return {
      directory,
      exists: names.includes(DATABASE),
      bytes: names.filter((name) => OURS.test(name)).reduce((sum, name) => sum + lengthOf(join(directory, name)), 0),
      owner: isFolder ? await findOwner(directory) : undefined,
    };
  } catch (error) {
    throw toLocalError(error);
  }
}

function lengthOf(file: string): number {
  return lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

export interface NewChain {
  readonly preset: Preset;
  readonly fast: boolean;
  readonly version: string;
  readonly playgroundSnapshot: () => Promise<Uint8Array>;
}

/**
 * Deletes the chain in the directory and makes a new one. A directory that holds anything else is left as it is.
 * @returns genesis hash (0x) and block of the new chain
 * @throws CliError FILE_LOCKED, VALIDATION, FILE_READ_ONLY, FILE_DISK_FULL
 */
export async function remakeLocalChain(
  directory: string,
  chain: NewChain,
): Promise<{ readonly genesisHash: string; readonly block: number }> {
  refuseForeign(directory);
  const { NodeHost } = await import('../localnet/index.ts');
  try {
    const owned = await own(directory);
    try {
      // Nobody can come in between: the directory stays ours while the old chain goes and the new one comes.
      for (const name of readdirSync(directory)) {
        if (/^chain\./.test(name)) rmSync(join(directory, name), { force: true });
      }
    } catch (error) {
      await owned.release();
      throw error;
    }
    const host = await NodeHost.open({ directory, owned, ...chain });
    const made = { genesisHash: `0x${host.engine.genesisHash}`, block: host.engine.head.number };
    await host.close();
    return made;
  } catch (error) {
    throw toLocalError(error);
  }
}

/** @throws CliError VALIDATION when the directory is not one of a local chain. */
export function refuseForeign(directory: string): void {
  const state = lstatSync(directory, { throwIfNoEntry: false });
  if (state === undefined) return;
  const foreign = state.isDirectory() ? readdirSync(directory).filter((name) => !OURS.test(name)) : [directory];
  if (foreign.length === 0) return;
  throw new CliError('VALIDATION', `${directory} holds what is no part of a local chain; nothing was deleted.`, {
    hints: [
      `Found: ${foreign.slice(0, 5).join(', ')}${foreign.length > 5 ? ' …' : ''}. Move it away, or choose another folder with BTCLI_DATA_DIR.`,
    ],
    data: { directory, foreign: foreign.slice(0, 20) },
  });
}

/** How long to wait for a command that has the chain open: most are done within a second. */
const PATIENCE_MS = 3_000;
const RETRY_MS = 50;

/** Takes the directory, after whoever has it for a moment only. @throws CliError FILE_LOCKED */
export async function own(directory: string): Promise<Owned> {
  const { acquire } = await import('../localnet/index.ts');
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const lock = await acquire(directory);
    if (!('attachedTo' in lock)) return lock;
    if (Date.now() >= deadline) throw ownedElsewhere(directory, lock.attachedTo);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

function ownedElsewhere(directory: string, { pid, startedAt }: Owner): CliError {
  return new CliError('FILE_LOCKED', `Process ${pid} has the local chain open.`, {
    hints: [
      '`btcli-ts localnet status` shows it. `btcli-ts localnet stop` ends what `localnet start` started; a command ends by itself.',
    ],
    data: { directory, pid, startedAt: new Date(startedAt).toISOString() },
  });
}
