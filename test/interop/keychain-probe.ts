import { CliError } from '../../src/lib/errors.ts';
import { systemKeychain } from '../../src/lib/wallet/keychain-system.ts';

/** Runs keychain operations in whatever D-Bus session it was started in and prints one JSON line for each. */
const keychain = systemKeychain({ timeoutMilliseconds: 15_000 });
const id = { keyPath: '/home/probe/.bittensor/wallets/w/coldkey', publicKey: new Uint8Array(32).fill(7) };
const other = { ...id, publicKey: new Uint8Array(32).fill(8) };
const password = new TextEncoder().encode('pässwörd-日本');

async function run(operation: string): Promise<unknown> {
  if (operation === 'save') return keychain.save(id, password);
  if (operation === 'delete') return keychain.delete(id);
  const secret = await keychain.read(operation === 'read-other' ? other : id);
  return secret === undefined ? null : new TextDecoder().decode(secret);
}

for (const operation of process.argv.slice(2)) {
  try {
    console.log(JSON.stringify({ operation, result: (await run(operation)) ?? null }));
  } catch (error) {
    const code = error instanceof CliError ? error.code : 'not a CliError';
    const detail = error instanceof CliError ? error.data.detail : String(error);
    console.log(JSON.stringify({ operation, code, detail }));
  }
}
process.exit(0);
