import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { makeDirectory } from './make-directory.ts';
import { StoreError } from './store-error.ts';

/** Shortest limit of any system for the path of a unix socket (macOS: 104 bytes with the closing zero), less some. */
const LONGEST_PATH = 100;
const RUNTIME_FOLDER = 'btcli-ts';

/**
 * A new place for the socket of a data directory's owner: in the directory itself, or, where that path is too long for
 * a socket, in a folder of this user's under the system's runtime or temporary directory. On Windows a named pipe.
 */
export function newSocketPath(directory: string, platform: NodeJS.Platform = process.platform): string {
  const token = randomBytes(4).toString('hex');
  const hash = createHash('sha256').update(path.resolve(directory)).digest('hex').slice(0, 16);
  if (platform === 'win32') return `\\\\.\\pipe\\${RUNTIME_FOLDER}-${hash}-${token}`;
  const inside = path.join(path.resolve(directory), `node-${token}.sock`);
  if (Buffer.byteLength(inside) <= LONGEST_PATH) return inside;
  for (const folder of runtimeFolders()) {
    const outside = path.join(folder, `${hash}-${token}.sock`);
    if (Buffer.byteLength(outside) > LONGEST_PATH || !isPrivate(folder)) continue;
    return outside;
  }
  throw new StoreError('io', 'there is no private folder for the socket of the data directory', { path: directory });
}

function runtimeFolders(): string[] {
  const user = String(process.getuid?.() ?? os.userInfo().username);
  const { XDG_RUNTIME_DIR: runtime } = process.env;
  const folders = [path.join(os.tmpdir(), `${RUNTIME_FOLDER}-${user}`), path.join('/tmp', `${RUNTIME_FOLDER}-${user}`)];
  return runtime && path.isAbsolute(runtime) ? [path.join(runtime, RUNTIME_FOLDER), ...folders] : folders;
}

/** Makes the folder, or takes an existing one only if nobody else can write to it: /tmp belongs to everyone. */
function isPrivate(folder: string): boolean {
  try {
    makeDirectory(folder);
    const { mode, uid } = fs.lstatSync(folder);
    const isDirectory = (mode & fs.constants.S_IFMT) === fs.constants.S_IFDIR;
    return isDirectory && uid === (process.getuid?.() ?? uid) && (mode & 0o077) === 0;
  } catch {
    return false;
  }
}
