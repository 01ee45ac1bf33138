import { chmodSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ROOT } from './project-root.ts';
import { type CliOptions, type JsonDocument, makeHome, runJson } from './run-cli.ts';
import { expectValid } from './schemas.ts';

/** A home for tests of the wallet's commands, with wallets that the official packages wrote. */

const FIXTURES = join(ROOT, 'test', 'data', 'wallets');

export const PASSWORD = 'Btcli-ts fixture pass 1!';

export interface WalletHome {
  readonly home: string;
  readonly wallets: string;
  /** Writes a file of the home with a mode of its own; returns its path. */
  write(name: string, content: string, mode?: number): string;
  /** Copies a fixture wallet under a name. */
  copy(fixture: string, name: string, writer?: string): void;
  /** Runs a command and checks its document against the schema. */
  run(
    args: readonly string[],
    options?: CliOptions,
  ): Promise<{ document: JsonDocument; code: number | null; stderr: string }>;
  /** Runs a command that must work, and returns its data. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it expects to be there
  data(args: readonly string[], options?: CliOptions): Promise<any>;
  /** Runs a command that must fail with a code and an exit code, and returns the error. */
  fails(args: readonly string[], code: string, exit: number, options?: CliOptions): Promise<JsonDocument['error']>;
}

export function walletHome(): WalletHome {
  const home = makeHome();
  const wallets = join(home, '.bittensor', 'wallets');
  mkdirSync(wallets, { recursive: true, mode: 0o700 });
  const self: WalletHome = {
    home,
    wallets,
    write(name, content, mode = 0o600) {
      const path = join(home, name);
      writeFileSync(path, content);
      chmodSync(path, mode);
      return path;
    },
    copy(fixture, name, writer = 'bittensor-wallet-4.1.1') {
      cpSync(join(FIXTURES, writer, fixture), join(wallets, name), { recursive: true });
      restrict(join(wallets, name));
    },
    async run(args, options) {
      const found = await runJson(args, { home, ...options });
      await expectValid(found.document);
      return found;
    },
    async data(args, options) {
      const { document, code } = await self.run(args, options);
      expect(document, JSON.stringify(document.error)).toMatchObject({ ok: true });
      expect(code).toBe(0);
      return document.data;
    },
    async fails(args, wanted, exit, options) {
      const { document, code } = await self.run(args, options);
      expect(document, JSON.stringify(document.data)).toMatchObject({ ok: false, error: { code: wanted } });
      expect(code).toBe(exit);
      return document.error;
    },
  };
  return self;
}

/** A checkout has the modes of its umask; key files need 0600. */
function restrict(path: string): void {
  chmodSync(path, 0o700);
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) restrict(join(path, entry.name));
    else chmodSync(join(path, entry.name), 0o600);
  }
}
