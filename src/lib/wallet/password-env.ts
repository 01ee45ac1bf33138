import { utf8, wipe } from './bytes.ts';

/**
 * The variable of a key file's password in the official packages: `BT_PW_`, the absolute path with `/` and `.` turned into
 * `_`, all upper case.
 */
export function passwordVariable(keyPath: string): string {
  return `BT_PW_${keyPath.replaceAll('/', '_').replaceAll('.', '_').toUpperCase()}`;
}

function xorWithName(bytes: Uint8Array, name: string): Uint8Array {
  const pad = utf8(name);
  return bytes.map((byte, i) => byte ^ (pad[i % pad.length] as number));
}

/** What that variable holds. An encoding that hides the password from a glance, not a protection. */
export function encodePasswordVariable(password: Uint8Array, name: string): string {
  return Buffer.from(xorWithName(password, name)).toString('base64');
}

/** The way back; `undefined` when the value is not base64. */
export function decodePasswordVariable(value: string, name: string): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value)) return undefined;
  const encoded = Buffer.from(value, 'base64');
  const password = xorWithName(encoded, name);
  wipe(encoded);
  return Uint8Array.from(password);
}

/**
 * The password that the environment gives for a key file: `BT_PW_…` of its path, else `BT_WALLET_PASSWORD` (plain text).
 * @returns the password (UTF-8) and the variable's name
 */
export function environmentPassword(
  environment: Readonly<Record<string, string | undefined>>,
  keyPath: string,
): { password: Uint8Array; detail: string } | undefined {
  const name = passwordVariable(keyPath);
  const value = environment[name];
  const own = value ? decodePasswordVariable(value, name) : undefined;
  if (own !== undefined) return { password: own, detail: name };
  const general = environment.BT_WALLET_PASSWORD;
  return general ? { password: utf8(general), detail: 'BT_WALLET_PASSWORD' } : undefined;
}
