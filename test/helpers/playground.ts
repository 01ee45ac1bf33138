import { makeHome, runJson } from './run-cli.ts';

/** A home with the playground chain and the wallet `alice`, which holds the preset's TAO. */
export async function makePlayground(): Promise<string> {
  const home = makeHome();
  await must(['wallet', 'regen-coldkey', '--wallet-name', 'alice', '--uri', '//Alice', '--no-password', '--yes'], home);
  await must(['wallet', 'new-hotkey', '--wallet-name', 'alice', '--hotkey', 'h1', '--yes'], home);
  return home;
}

async function must(args: readonly string[], home: string): Promise<void> {
  const { document } = await runJson(args, { home });
  if (!document.ok) throw new Error(`${args.join(' ')}: ${document.error.message}`);
}

/** Runs a command as alice, without questions. */
export const asAlice = (home: string, ...args: string[]) =>
  runJson([...args, '--wallet-name', 'alice', '--yes'], { home });
