import { Flags } from '@oclif/core';
import { unlockFlags } from './flags.ts';

/** Options that the wallet's commands share. */

/** Which of the wallet's two kinds of key a command is about. */
export const useHotkeyFlag = {
  'use-hotkey': Flags.boolean({ summary: "the wallet's hotkey instead of its coldkey" }),
};

/** Replacing what is there. */
export const overwriteFlag = {
  overwrite: Flags.boolean({ summary: 'replace an existing key, which is kept in the folder "backups"' }),
};

export const keyTypeFlag = {
  'key-type': Flags.string({
    aliases: ['crypto-type', 'coldkey-crypto-type'],
    options: ['sr25519', 'ed25519'],
    default: 'sr25519',
    summary: 'signature scheme',
  }),
};

/** Protection of a key that is written. */
export const protectFlags = {
  'no-password': Flags.boolean({
    aliases: ['no-use-password'],
    summary: 'write it unencrypted: whoever reads the file has the key',
    exclusive: ['use-password'],
  }),
  // What happens anyway; btcli's scripts say it.
  'use-password': Flags.boolean({ hidden: true, summary: 'encrypt it (default)' }),
  ...unlockFlags,
};

/** A key that is made here. */
export const newKeyFlags = {
  'n-words': Flags.string({
    aliases: ['words'],
    options: ['12', '15', '18', '21', '24'],
    default: '12',
    summary: 'words of the recovery phrase',
  }),
  uri: Flags.string({ helpValue: '//NAME', summary: 'a public development key such as //Alice' }),
  'mnemonic-file': Flags.string({
    helpValue: 'FILE',
    summary: 'write the recovery phrase to a new file that only you can read, instead of showing it',
  }),
  ...keyTypeFlag,
  ...overwriteFlag,
};

/** What a key is restored from; each takes a file, - for stdin, or fd:3. */
export const sourceFlags = {
  'mnemonic-file': Flags.string({ helpValue: 'FILE|-', summary: 'its recovery phrase of 12 to 24 words' }),
  'seed-file': Flags.string({ helpValue: 'FILE|-', summary: 'its seed, 64 hex digits' }),
  'key-file': Flags.string({
    aliases: ['private-key-file'],
    helpValue: 'FILE|-',
    summary: 'its private key in hex (sr25519: 64 bytes, ed25519: 32)',
  }),
  'uri-file': Flags.string({ helpValue: 'FILE|-', summary: 'its secret URI: phrase or seed with //derivation' }),
  uri: Flags.string({ helpValue: '//NAME', summary: 'a public development key such as //Alice' }),
  'json-file': Flags.string({
    char: 'j',
    aliases: ['json-path'],
    helpValue: 'FILE|-',
    summary: 'its Polkadot-JS backup',
  }),
  'json-password-file': Flags.string({ helpValue: 'FILE|-', summary: 'the password of that backup' }),
};

/** A key known by its public part. */
export const publicKeyFlags = {
  ss58: Flags.string({
    char: 'a',
    aliases: ['ss58-address', 'address'],
    helpValue: 'ADDRESS|NAME',
    summary: 'its address, or a name of the address book',
  }),
  'public-key': Flags.string({ aliases: ['public-key-hex'], helpValue: 'HEX', summary: 'its public key, 32 bytes' }),
};
