import { CliError } from '../errors.ts';
import { type PublicKeyInfo, ss58Decode, ss58Encode } from '../wallet/index.ts';
import { resolveAddress } from './addresses.ts';
import type { CommandContext } from './context.ts';
import { schemeOf } from './key-source.ts';

interface PublicKeyFlags {
  readonly ss58?: string | undefined;
  readonly 'public-key'?: string | undefined;
  readonly 'key-type'?: string | undefined;
}

/** A key by its address or its public key; asked for where both are missing. @throws CliError ADDRESS_INVALID, USAGE */
export async function needPublicKey(context: CommandContext, flags: PublicKeyFlags): Promise<PublicKeyInfo> {
  const scheme = schemeOf(flags);
  const hex = flags['public-key'];
  if (hex !== undefined) {
    const publicKey = publicKeyOf(hex);
    const address = ss58Encode(publicKey);
    if (flags.ss58 !== undefined && (await resolveAddress(context, flags.ss58)).address !== address) {
      throw new CliError('ADDRESS_INVALID', '--ss58 and --public-key are two different keys.', { data: { address } });
    }
    return { scheme, publicKey, address };
  }
  const given = await context.need({
    flag: 'ss58',
    type: 'ss58',
    message: 'Address:',
    value: flags.ss58,
    parse: (text) => text.trim(),
    check: (text) => resolveAddress(context, text),
  });
  const { address } = await resolveAddress(context, given);
  return { scheme, publicKey: ss58Decode(address), address };
}

/** @throws CliError ADDRESS_INVALID */
function publicKeyOf(hex: string): Uint8Array {
  const digits = hex.trim().replace(/^0x/i, '');
  if (!/^[0-9a-fA-F]{64}$/.test(digits)) {
    throw new CliError('ADDRESS_INVALID', 'A public key is 64 hex digits, with or without 0x.');
  }
  return Uint8Array.from(Buffer.from(digits, 'hex'));
}
