const LONGEST_TEXT = 256;

/** Text that someone put on the chain: it must not reach a terminal with control characters. */
export function chainText(raw: unknown, longest = LONGEST_TEXT): string {
  const bytes =
    raw instanceof Uint8Array
      ? raw
      : Array.isArray(raw)
        ? Uint8Array.from(raw as number[])
        : typeof raw === 'string' && raw.startsWith('0x')
          ? Uint8Array.from(Buffer.from(raw.slice(2), 'hex'))
          : undefined;
  const text = bytes ? new TextDecoder().decode(bytes) : String(raw ?? '');
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, longest);
}
