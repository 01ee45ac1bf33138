import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleChild } from '../helpers/child-script.ts';

let bundled: string;
const home = mkdtempSync(join(tmpdir(), 'btcli-keychain-'));

const has = (program: string) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
const secretService =
  process.platform === 'linux' && has('dbus-run-session') && has('gnome-keyring-daemon') && has('gdbus');
if (!secretService)
  console.error('!!! NOT TESTED: keychain against a real Secret Service (run scripts/ci-system-deps.sh)');
if (process.platform !== 'linux') console.error(`!!! NOT TESTED: D-Bus behaviour, this is ${process.platform}`);

interface Line {
  operation: string;
  result?: unknown;
  code?: string;
  detail?: string;
}

interface Session {
  /** Shell commands before the probe. */
  setup?: string;
  config?: string;
  environment?: Record<string, string>;
}

const LOCK =
  'gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets ' +
  '--method org.freedesktop.Secret.Service.Lock \'["/org/freedesktop/secrets/collection/login"]\' >/dev/null';
const UNLOCK = 'printf secret | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1';

function probe(script: string, session: Session | undefined): Line[] {
  const folder = mkdtempSync(join(home, 'session-'));
  const environment: Record<string, string> = {
    PATH: process.env.PATH as string,
    HOME: folder,
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_RUNTIME_DIR: folder,
    ...session?.environment,
  };
  const shell = `probe() { "${process.execPath}" "${bundled}" "$@"; }\n${session?.setup ?? ''}\n${script}`;
  const config = session?.config === undefined ? [] : [`--config-file=${session.config}`];
  const [program, ...args] =
    session === undefined ? ['bash', '-c', shell] : ['dbus-run-session', ...config, '--', 'bash', '-c', shell];
  const run = spawnSync(program as string, args, { env: environment, encoding: 'utf8', timeout: 50_000 });
  return run.stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
}

function busConfig(name: string, policy: string): string {
  const path = join(home, name);
  writeFileSync(
    path,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>${policy}</policy></busconfig>`,
  );
  return path;
}

beforeAll(async () => {
  bundled = await bundleChild('interop/keychain-probe.ts');
});

afterAll(() => {
  rmSync(bundled, { force: true });
  rmSync(home, { recursive: true, force: true });
});

describe.skipIf(!secretService)('with an unlocked gnome-keyring under D-Bus', () => {
  it('saves, reads and deletes a password, for this path and public key only', () => {
    const lines = probe('probe read save read read-other delete delete read', { setup: UNLOCK });
    expect(lines.map((line) => line.code ?? line.result)).toEqual([
      null,
      null,
      'pässwörd-日本',
      null,
      true,
      false,
      null,
    ]);
  });

  it('says that a keychain is locked', () => {
    const lines = probe('probe save read; eval "$LOCK"; probe read save delete', {
      setup: UNLOCK,
      environment: { LOCK },
    });
    expect(lines.map((line) => line.code ?? line.result)).toEqual([
      null,
      'pässwörd-日本',
      'KEYCHAIN_LOCKED',
      'KEYCHAIN_LOCKED',
      'KEYCHAIN_LOCKED',
    ]);
  });

  it('says that access is denied', () => {
    const config = busConfig('denied.conf', '<deny send_destination="org.freedesktop.secrets"/>');
    const lines = probe('probe save read', { setup: UNLOCK, config });
    expect(lines.map((line) => line.code)).toEqual(['KEYCHAIN_DENIED', 'KEYCHAIN_DENIED']);
  });

  it('says that there is no keyring to save into', () => {
    const lines = probe('probe save', {});
    expect(lines.map((line) => line.code)).toEqual(['KEYCHAIN_UNAVAILABLE']);
  });

  it('says that the session has no Secret Service', () => {
    const lines = probe('probe read save', { config: busConfig('empty.conf', '') });
    expect(lines.map((line) => line.code)).toEqual(['KEYCHAIN_UNAVAILABLE', 'KEYCHAIN_UNAVAILABLE']);
  });
});

describe.skipIf(process.platform !== 'linux')('without D-Bus', () => {
  it('says so, and puts nothing into the kernel keyring instead', () => {
    const lines = probe('probe save read delete', undefined);
    expect(lines.map((line) => line.code)).toEqual(Array(3).fill('KEYCHAIN_UNAVAILABLE'));
    expect(readFileSync('/proc/keys', 'utf8')).not.toContain('btcli-ts');
  });

  it('says so when the bus is gone', () => {
    const lines = probe('export DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent; probe read', undefined);
    expect(lines.map((line) => line.code)).toEqual(['KEYCHAIN_UNAVAILABLE']);
  });
});
