import type { Ui } from './render/ui.ts';
import { type Infer, s } from './schema/schema.ts';

/** The result that commands which write keys share. */

const createdKeySchema = s.object({
  kind: s.choice(['coldkey', 'hotkey']),
  name: s.string("the hotkey's name, or coldkey"),
  address: s.optional(s.ss58('absent under --dry-run for a key that is yet to be made')),
  publicKey: s.optional(s.hash()),
  keyType: s.choice(['sr25519', 'ed25519']),
  protection: s.choice(['encrypted', 'none', 'watch-only'], 'none: whoever reads the file has the key'),
  file: s.nullable(s.string('the private key file')),
  publicFile: s.string(),
  phrase: s.choice(
    ['shown', 'file', 'key-file', 'none'],
    'where the recovery phrase is: shown on the terminal, in phraseFile, in the key file only, or there is none that was made here',
  ),
  phraseFile: s.optional(s.string()),
});

const common = {
  wallet: s.string(),
  path: s.string("the wallet's folder"),
  written: s.boolean('false under --dry-run'),
  backups: s.array(s.string(), 'files that hold what was replaced'),
};

export const walletCreatedSchema = s.object({ ...common, coldkey: createdKeySchema, hotkey: createdKeySchema });
export const keyCreatedSchema = s.object({ ...common, key: createdKeySchema });

export type CreatedKeyResult = Infer<typeof createdKeySchema>;
export type WalletCreated = Infer<typeof walletCreatedSchema>;
export type KeyCreated = Infer<typeof keyCreatedSchema>;

/** What a person reads after keys were written. */
export function renderCreated(result: WalletCreated | KeyCreated, ui: Ui): void {
  const keys = 'key' in result ? [result.key] : [result.coldkey, result.hotkey];
  const label = (key: CreatedKeyResult): string => (key.kind === 'coldkey' ? 'Coldkey' : `Hotkey ${key.name}`);
  if (result.written) ui.done(`Wallet ${result.wallet}`);
  else ui.line(`Dry run: nothing was written. Wallet ${result.wallet} would get:`);
  const described = (key: CreatedKeyResult): string =>
    [
      key.address ?? '(a new address)',
      key.protection === 'none' ? ui.colors.yellow('unencrypted') : key.protection,
      ...(key.keyType === 'ed25519' ? ['ed25519'] : []),
    ].join('  ');
  ui.fields([
    ...keys.map((key) => [label(key), described(key)] as const),
    ['Folder', result.path],
    ...keys
      .map(
        (key) =>
          [`Phrase of the ${key.kind}`, key.phraseFile ?? (key.phrase === 'key-file' ? key.file : null)] as const,
      )
      .flatMap(([name, place]) => (place === null || place === undefined ? [] : [[name, place] as const])),
    ...result.backups.map((file) => ['Kept', file] as const),
  ]);
}
