import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningNode, startNode } from '../helpers/localnet.ts';
import { ROOT } from '../helpers/project-root.ts';
import { cleanEnvironment, makeHome } from '../helpers/run-cli.ts';
import { buildNest, fillIn, inOrder, type Nest, RECIPES } from './canary-recipes.ts';
import { openWire, runWatched, type Watched, type Wire } from './canary-run.ts';
import { type Canary, hatchCanary, searchFiles } from './canary-secrets.ts';

/**
 * Runs every command with known secrets in play, and looks for these wherever somebody could find them: output, files,
 * command lines, environments of child processes, and what goes to the node.
 */

interface Manifest {
  readonly commands: Readonly<Record<string, { readonly flags: Readonly<Record<string, unknown>> }>>;
}
const manifest = JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8')) as Manifest;
const built = JSON.parse(readFileSync(join(ROOT, 'dist', 'commands.json'), 'utf8')) as { commands: object };
const COMMANDS = Object.keys(built.commands);
/** Commands that are about the chain of this machine. */
const isLocal = (command: string): boolean => command.startsWith('localnet');
/** Where there is no keychain, these cannot succeed. */
const MAY_FAIL = ['wallet keychain save', 'wallet keychain show', 'wallet keychain delete'];

let canary: Canary;
let nest: Nest;
/** In memory; it knows nothing of the secrets. */
let node: RunningNode;
let wire: Wire;
let env: Record<string, string>;

beforeAll(async () => {
  canary = await hatchCanary();
  const home = makeHome();
  nest = await buildNest(home, canary);
  mkdirSync(join(home, 'out'));
  mkdirSync(join(home, 'tmp'));
  node = await startNode(makeHome(), '--ephemeral');
  wire = await openWire(String(node.document.data.endpoint));
  env = { ...cleanEnvironment(home), TMPDIR: join(home, 'tmp'), BT_WALLET_PASSWORD: canary.password };
}, 120_000);

afterAll(async () => {
  // Whatever happened, the node that a command left running goes.
  if (nest) await runWatched(['localnet', 'stop', '--network', 'local'], env);
  await wire?.close();
  await node?.end('SIGTERM');
});

/** Files that are meant to hold secrets: key files, what the user gave, and phrases that were asked for. */
const isAllowed = (path: string): boolean =>
  path.startsWith(join(nest.home, 'template')) ||
  path.startsWith(join(nest.home, 'inputs')) ||
  path.startsWith(join(nest.home, 'out', 'phrase-')) ||
  /\/wallets\/[^/]+\/(coldkey|hotkeys\/[^/.]+|backups\/.*)$/.test(path);

/** Everything that a run showed, but for words that the test itself put on the command line. */
function leaksOf(run: Watched, command: string, ownWords: boolean): string[] {
  const places = { stdout: run.stdout, stderr: run.stderr, 'environment of a child': run.environment };
  const shown = ownWords ? places : { ...places, argv: run.argv };
  return Object.entries(shown).flatMap(([place, text]) =>
    canary.find(text).map((secret) => `${secret} in ${place} of ${command}`),
  );
}

function run(command: string, args: readonly string[], input?: string): Promise<Watched> {
  nest.reset();
  const network = ['--network', isLocal(command) ? 'local' : wire.url];
  return runWatched([...command.split(' '), ...args, ...network, '--yes'], env, { input });
}

describe('no command lets a secret out', () => {
  it(`runs all ${COMMANDS.length} commands`, { timeout: 900_000 }, async () => {
    expect(COMMANDS.length).toBeGreaterThan(50);
    const leaks: string[] = [];
    const succeeded = new Set<string>();
    let runs = 0;
    for (const command of inOrder(COMMANDS)) {
      const flags = Object.keys(manifest.commands[command.replaceAll(' ', ':')]?.flags ?? {});
      const recipes = RECIPES[command]?.(nest, canary) ?? [fillIn(flags)];
      for (const recipe of recipes) {
        const { args, input } = 'args' in recipe ? recipe : { args: recipe, input: undefined };
        const mode = runs % 2 === 0 ? ['--json'] : ['--verbose'];
        const watched = await run(command, [...args, ...mode], input);
        runs++;
        leaks.push(...leaksOf(watched, command, canary.find(args.join(' ')).length > 0));
        leaks.push(...searchFiles(canary, nest.wallets, isAllowed));
        expect([null, 70], `${command} ${args.join(' ')}: ${watched.stderr}`).not.toContain(watched.code);
        if (watched.code === 0) succeeded.add(command);
      }
    }
    leaks.push(...searchFiles(canary, nest.home, isAllowed));
    leaks.push(...canary.find(wire.frames()).map((secret) => `${secret} in RPC traffic`));
    const refused = COMMANDS.filter((command) => !succeeded.has(command));
    console.log(
      `canary: ${COMMANDS.length} commands, ${runs} runs, ${succeeded.size} commands succeeded; refused: ${refused.join(', ') || 'none'}`,
    );
    expect(leaks).toEqual([]);
    expect(wire.frames()).toContain('author_submitAndWatchExtrinsic');
    // A canary that only hears refusals proves little.
    expect(succeeded.size).toBeGreaterThan(COMMANDS.length * 0.6);
    const silent = refused.filter((one) => one.startsWith('wallet ') && RECIPES[one] && !MAY_FAIL.includes(one));
    expect(silent.filter((one) => !EXPECTED_REFUSALS.includes(one))).toEqual([]);
  });
});

/** What cannot succeed in the canary's circumstances: no announced swap, no registered hotkey, a made-up message. */
const EXPECTED_REFUSALS = [
  'wallet verify',
  'wallet decrypt',
  'wallet swap-hotkey',
  'wallet swap-coldkey execute',
  'wallet set-identity',
];

describe.runIf(process.platform === 'linux')('a planted leak is found', () => {
  const leaking = (where: string, ...args: string[]): Promise<Watched> => {
    nest.reset();
    const planted = {
      ...env,
      NODE_OPTIONS: `--import=${join(ROOT, 'test', 'e2e', 'canary-leak.mjs')}`,
      CANARY_LEAK: where,
      CANARY_FILE: nest.inputs.phrase,
      CANARY_WIRE: wire.url,
    };
    return runWatched(args.length === 0 ? ['wallet', 'list'] : args, planted);
  };

  it.each(['stdout', 'stderr'])('on %s', async (where) => {
    expect(leaksOf(await leaking(where), 'x', false)).toEqual([`phrase in ${where} of x`]);
  });

  it('in a file', async () => {
    expect(searchFiles(canary, nest.home, isAllowed)).toEqual([]);
    await leaking('file');
    const log = join(nest.home, '.cache', 'log');
    expect(searchFiles(canary, nest.home, isAllowed)).toEqual([`phrase in ${log}`]);
    rmSync(log);
  });

  it('on a command line, also its own', async () => {
    expect(leaksOf(await leaking('argv'), 'x', false)).toEqual(['phrase in argv of x']);
    expect(leaksOf(await leaking('title'), 'x', false)).toEqual(['phrase in argv of x']);
  });

  it('in the environment of a child', async () => {
    expect(leaksOf(await leaking('environment'), 'x', false)).toEqual(['phrase in environment of a child of x']);
  });

  it('on the wire', async () => {
    expect(canary.find(wire.frames())).toEqual([]);
    await leaking('rpc');
    expect(canary.find(wire.frames())).toEqual(['phrase']);
  });

  it('but an unforeseen error that quotes a secret is reported without it', async () => {
    const watched = await leaking('bug', 'wallet', 'new-coldkey', '--wallet-name', 'b', '--no-password', '--yes');
    expect(watched.code).toBe(70);
    expect(leaksOf(watched, 'x', false)).toEqual([]);
    expect(watched.stderr).toMatch(/phrase removed/);
    const report = /in (\S+\.txt)/.exec(watched.stderr)?.[1];
    expect(readFileSync(report!, 'utf8')).not.toMatch(/(07){16}/);
    expect(searchFiles(canary, nest.home, isAllowed)).toEqual([]);
  });
});
