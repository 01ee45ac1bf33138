import { CliError, type ErrorCode } from '../errors.ts';

/** What the backends of the three systems say, in words that their native libraries have kept for years. */
const PATTERNS: readonly [RegExp, ErrorCode][] = [
  [
    /access ?denied|rejected send message|not authorized|-25293|-25243|user cancel|-128\b|denied by/i,
    'KEYCHAIN_DENIED',
  ],
  [
    /unlock prompt was dismissed|is ?locked|locked (collection|object)|interaction is not allowed|-25308/i,
    'KEYCHAIN_LOCKED',
  ],
  [
    /platform failure|failed to connect|not provided by any|autolaunch|ServiceUnknown|no result found|no such (interface|object)|no default|-25307|no logon session|1312|cannot spawn|not supported/i,
    'KEYCHAIN_UNAVAILABLE',
  ],
];

const TEXT: Partial<Record<ErrorCode, { message: string; hints: string[] }>> = {
  KEYCHAIN_UNAVAILABLE: {
    message: 'there is none that can be used in this session',
    hints: [
      'On Linux a Secret Service (gnome-keyring, KWallet, KeePassXC) must run in the D-Bus session and have a default keyring',
      'Without one, use --wallet-password-file, BT_WALLET_PASSWORD_FILE or the prompt',
    ],
  },
  KEYCHAIN_LOCKED: {
    message: 'it is locked and was not unlocked',
    hints: ['Unlock it (or log in to the desktop) and try again'],
  },
  KEYCHAIN_DENIED: {
    message: 'access was denied',
    hints: ['Allow access when the system asks, or in its keychain settings'],
  },
  KEYCHAIN_FAILED: { message: 'it failed', hints: [] },
};

/** Names the reason for which a keychain did not do its work. The backend's own words travel in `data.detail`. */
export function keychainError(cause: unknown, keychain: string): CliError {
  if (cause instanceof CliError) return cause;
  const detail = (cause instanceof Error ? cause.message : String(cause)).slice(0, 300);
  const code = PATTERNS.find(([pattern]) => pattern.test(detail))?.[1] ?? 'KEYCHAIN_FAILED';
  const { message, hints } = TEXT[code] as { message: string; hints: string[] };
  return new CliError(code, `${keychain} cannot be used: ${message}`, { hints, data: { keychain, detail }, cause });
}

/** A keychain may wait for a person to unlock it; not for ever. */
export async function withinTime<T>(work: Promise<T>, keychain: string, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new CliError(
          'KEYCHAIN_LOCKED',
          `${keychain} did not answer within ${Math.round(milliseconds / 1000)} seconds`,
          {
            hints: ['It probably waits to be unlocked in a window'],
            data: { keychain },
          },
        ),
      );
    }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
