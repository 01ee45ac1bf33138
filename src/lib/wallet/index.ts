/** The wallet: key files, mnemonics, signers, messages, passwords, keychain, address book. Loads no cryptography by itself. */

export { AddressBook, type AddressEntry, findEntry } from './address-book.ts';
export { hexBytesToBytes } from './bytes.ts';
export {
  type CreatedKey,
  type CreateOptions,
  type CreateResult,
  createKeys,
  createPublicKey,
  type KeySource,
  makeKeyPair,
  type NewKey,
} from './create-key.ts';
export type { KeyfileEncryption } from './encryption/keyfile-encryption.ts';
export { type ExportRequest, exportPolkadotJson, writeMnemonicFile, writePolkadotJson } from './export-key.ts';
export { type FileSystem, type FileWarning, nodeFileSystem } from './files.ts';
export { type KeyPair, type KeyScheme, type PublicKeyInfo, SCHEMES, wipeKeyPair } from './key.ts';
export type { KeychainEntryId, KeychainPort } from './keychain.ts';
export { loadKeytar } from './keychain-keytar.ts';
export { systemKeychain } from './keychain-system.ts';
export {
  COLDKEY,
  checkName,
  describeKey,
  hotkey,
  type KeyRef,
  keyName,
  privateKeyPath,
  publicKeyPath,
  type WalletRef,
  walletDirectory,
} from './layout.ts';
export { type KeyProtection, type KeySummary, listWallets, summarizeWallet, type WalletSummary } from './list.ts';
export { type MessageVerification, signMessage, verifyMessage, wrapMessage } from './message.ts';
export { walletNotFound } from './missing-wallet.ts';
export { MNEMONIC_LENGTHS, type MnemonicLength } from './mnemonic.ts';
export type { UnlockRequest } from './open-keyfile.ts';
export {
  fixedPassword,
  type PasswordAnswer,
  type PasswordOrigin,
  type PasswordPrompt,
  type PasswordProvider,
  type PasswordRequest,
  type PasswordSources,
  passwordProvider,
  readPasswordFile,
} from './password.ts';
export { encodePasswordVariable, passwordVariable } from './password-env.ts';
export { checkPasswordStrength, MIN_PASSWORD_LENGTH } from './password-strength.ts';
export {
  createPolkadotJson,
  openPolkadotJson,
  type PolkadotJson,
  parsePolkadotJson,
  serializePolkadotJson,
} from './polkadot-json.ts';
export { type PublicKeyResult, readPublicKey, requirePrivateKey } from './read-key.ts';
export { changePassword, decryptKey, encryptKey, type ReencryptResult } from './reencrypt-key.ts';
export { type RenameResult, renameHotkey, renameWallet } from './rename.ts';
export { openSealedMessage, sealMessage } from './sealed-box.ts';
export { readSecretFile } from './secret-file.ts';
export { type Signer, softwareSigner, withSigner } from './signer.ts';
export { isAddress, SS58_PREFIX, ss58Decode, ss58Encode } from './ss58.ts';
export { ensureFree } from './store-key.ts';
export { type Unlocked, unlockKeyPair, unlockSigner } from './unlock.ts';
