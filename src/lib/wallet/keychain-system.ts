import { allocate } from './bytes.ts';
import { KEYCHAIN_SERVICE, type KeychainEntryId, type KeychainPort, keychainAccount } from './keychain.ts';
import { keychainError, withinTime } from './keychain-error.ts';

const NAMES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'macOS Keychain',
  win32: 'Windows Credential Manager',
};

export interface SystemKeychainOptions {
  /** How long a person may take to unlock the keychain; 60 seconds unless told. */
  timeoutMilliseconds?: number;
}

/**
 * The keychain of the operating system, through `@napi-rs/keyring` (loaded at the first use). On Linux the Secret Service is
 * required by name: the kernel's keyring, which the library would fall back to, forgets everything at a reboot.
 */
export function systemKeychain(options: SystemKeychainOptions = {}): KeychainPort {
  const name = NAMES[process.platform] ?? 'Secret Service';
  const timeout = options.timeoutMilliseconds ?? 60_000;

  async function withEntry<T>(
    id: KeychainEntryId,
    use: (entry: InstanceType<typeof import('@napi-rs/keyring').AsyncEntry>) => Promise<T>,
  ): Promise<T> {
    try {
      const { AsyncEntry } = await import('@napi-rs/keyring');
      const entry = new AsyncEntry(KEYCHAIN_SERVICE, keychainAccount(id), { linux: { store: 'secret-service' } });
      return await withinTime(use(entry), name, timeout);
    } catch (error) {
      throw keychainError(error, name);
    }
  }

  return {
    name,
    save: (id, password) => withEntry(id, (entry) => entry.setSecret(password)),
    read: (id) =>
      withEntry(id, async (entry) => {
        const secret = await entry.getSecret();
        if (secret === null) return undefined;
        const password = allocate(secret.length);
        password.set(secret);
        secret.fill(0);
        return password;
      }),
    delete: (id) => withEntry(id, (entry) => entry.deleteCredential()),
  };
}
