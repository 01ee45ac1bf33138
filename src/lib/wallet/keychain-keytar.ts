import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CliError } from '../errors.ts';
import { utf8 } from './bytes.ts';
import { KEYCHAIN_SERVICE, type KeychainPort, keychainAccount } from './keychain.ts';
import { keychainError, withinTime } from './keychain-error.ts';

/** The part of `keytar` that is used. */
export interface KeytarModule {
  setPassword(service: string, account: string, password: string): Promise<void>;
  getPassword(service: string, account: string): Promise<string | null>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

const NAME = 'keytar';
const TIMEOUT_MILLISECONDS = 60_000;

function isKeytar(module: unknown): module is KeytarModule {
  const methods = ['setPassword', 'getPassword', 'deletePassword'];
  return (
    typeof module === 'object' &&
    module !== null &&
    methods.every((name) => typeof Reflect.get(module, name) === 'function')
  );
}

/** A keychain over an installed `keytar`. */
export function keytarKeychain(keytar: KeytarModule): KeychainPort {
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await withinTime(work(), NAME, TIMEOUT_MILLISECONDS);
    } catch (error) {
      throw keychainError(error, NAME);
    }
  };
  return {
    name: NAME,
    save: (id, password) =>
      guarded(() => keytar.setPassword(KEYCHAIN_SERVICE, keychainAccount(id), Buffer.from(password).toString('utf8'))),
    read: (id) =>
      guarded(async () => {
        const password = await keytar.getPassword(KEYCHAIN_SERVICE, keychainAccount(id));
        return password === null ? undefined : utf8(password);
      }),
    delete: (id) => guarded(() => keytar.deletePassword(KEYCHAIN_SERVICE, keychainAccount(id))),
  };
}

/**
 * Loads the `keytar` that the user has installed.
 * @param folder whose `node_modules` holds it; without it, Node's usual places from here upwards
 * @throws CliError KEYCHAIN_UNAVAILABLE when it is not there or does not load
 */
export function loadKeytar(folder?: string): KeychainPort {
  let module: unknown;
  try {
    module = createRequire(folder === undefined ? import.meta.url : join(folder, 'package.json'))(NAME);
  } catch (cause) {
    throw new CliError('KEYCHAIN_UNAVAILABLE', 'keytar is configured as keychain, but it cannot be loaded', {
      hints: ['Install it (npm install keytar), or configure the system keychain, which needs nothing'],
      data: { keychain: NAME, ...(folder === undefined ? {} : { folder }) },
      cause,
    });
  }
  if (!isKeytar(module)) throw new CliError('KEYCHAIN_UNAVAILABLE', 'What is installed as keytar is something else');
  return keytarKeychain(module);
}
