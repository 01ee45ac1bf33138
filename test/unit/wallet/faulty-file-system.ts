import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { type FileSystem, nodeFileSystem } from '../../../src/lib/wallet/files.ts';

class Crash extends Error {}

export interface FaultyFileSystem extends FileSystem {
  /** Number of calls so far that change the disk. */
  changes: number;
  /** True once the fault has happened. */
  struck: boolean;
}

/**
 * A file system that goes wrong at the n-th call that changes the disk (0 = the first). `crash`: the process is gone, nothing
 * that follows happens, also no clean-up; a write leaves half of its bytes. Otherwise the call fails with this errno, once.
 */
export function faultyFileSystem(at: number, kind: 'crash' | 'ENOSPC' | 'EIO'): FaultyFileSystem {
  const fault = () => (kind === 'crash' ? new Crash() : Object.assign(new Error(kind), { code: kind }));
  const change = async <T>(work: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> => {
    if (kind === 'crash' && self.struck) throw new Crash();
    if (self.changes++ === at) {
      self.struck = true;
      await half?.();
      throw fault();
    }
    return work();
  };
  const read = async <T>(work: () => Promise<T>): Promise<T> => {
    if (kind === 'crash' && self.struck) throw new Crash();
    return work();
  };
  const wrap = (handle: FileHandle): FileHandle =>
    new Proxy(handle, {
      get(target, name) {
        if (name === 'write')
          return (bytes: Uint8Array, offset: number, length: number) =>
            change(
              () => target.write(bytes, offset, length),
              () => target.write(bytes, offset, Math.floor(length / 2)),
            );
        if (name === 'sync' || name === 'chmod')
          return (...args: [number]) => change(() => (name === 'sync' ? target.sync() : target.chmod(...args)));
        const value = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  const self: FaultyFileSystem = {
    changes: 0,
    struck: false,
    open: async (path, flags, mode) => {
      const open = () => nodeFileSystem.open(path, flags, mode);
      return wrap(await ((flags & constants.O_CREAT) !== 0 ? change(open) : read(open)));
    },
    link: (existing, created) => change(() => nodeFileSystem.link(existing, created)),
    rename: (from, to) => change(() => nodeFileSystem.rename(from, to)),
    unlink: (path) => change(() => nodeFileSystem.unlink(path)),
    removeTree: (path) => change(() => nodeFileSystem.removeTree(path)),
    mkdir: (path, mode) => change(() => nodeFileSystem.mkdir(path, mode)),
    lstat: (path) => read(() => nodeFileSystem.lstat(path)),
  };
  return self;
}
