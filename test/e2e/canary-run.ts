import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type WebSocket as Socket, WebSocket, WebSocketServer } from 'ws';
import { RUN_JS } from '../helpers/run-cli.ts';

/** What a process showed of itself to whoever can look. */
export interface Watched {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
  /** Command lines of the process and of everything that it started. */
  readonly argv: string;
  /** Environments of everything that it started. */
  readonly environment: string;
}

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

/** Processes that a process has started, and theirs. */
function descendants(pid: number): number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

/** Runs the built CLI and looks at its processes all the while (on Linux). */
export async function runWatched(
  args: readonly string[],
  env: Record<string, string>,
  options: { readonly input?: string | undefined; readonly timeout?: number } = {},
): Promise<Watched> {
  const child = spawn(process.execPath, [RUN_JS, ...args], { env });
  const argv = new Set<string>();
  const environment = new Set<string>();
  const look = (): void => {
    const pid = child.pid!;
    argv.add(read(`/proc/${pid}/cmdline`));
    for (const one of descendants(pid)) {
      const own = read(`/proc/${one}/cmdline`);
      // Between fork and exec a child is a copy of its parent.
      if (own === read(`/proc/${pid}/cmdline`)) continue;
      argv.add(own);
      environment.add(read(`/proc/${one}/environ`));
    }
  };
  look();
  const timer = setInterval(look, 10);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    look();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    look();
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.input ?? '');
  const limit = setTimeout(() => child.kill('SIGKILL'), options.timeout ?? 120_000);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(limit);
  clearInterval(timer);
  return { stdout, stderr, code, argv: [...argv].join('\n'), environment: [...environment].join('\n') };
}

export interface Wire {
  readonly url: string;
  /** Every frame in both directions. */
  frames(): string;
  close(): Promise<void>;
}

/** A WebSocket in front of a node that keeps what passes. */
export async function openWire(node: string): Promise<Wire> {
  const frames: string[] = [];
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (client) => {
    const upstream = new WebSocket(node);
    const waiting: string[] = [];
    const pass = (to: Socket, text: string): void => {
      frames.push(text);
      to.send(text);
    };
    client.on('message', (data) => {
      if (upstream.readyState === WebSocket.OPEN) pass(upstream, String(data));
      else waiting.push(String(data));
    });
    upstream.on('open', () => {
      for (const text of waiting.splice(0)) pass(upstream, text);
    });
    upstream.on('message', (data) => pass(client, String(data)));
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('close', () => other.close());
      one.on('error', () => other.close());
    }
  });
  const address = server.address() as { port: number };
  return {
    url: `ws://127.0.0.1:${address.port}`,
    frames: () => frames.join('\n'),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
