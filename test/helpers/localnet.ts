import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { cleanEnvironment, type JsonDocument, RUN_JS } from './run-cli.ts';

/** A `localnet start` in the foreground. */
export interface RunningNode {
  readonly document: JsonDocument;
  readonly process: ChildProcess;
  /** JSON-RPC over HTTP. */
  request<T>(method: string, ...params: unknown[]): Promise<T>;
  /** Sends a signal and answers exit code and stderr. */
  end(signal?: NodeJS.Signals): Promise<{ readonly code: number | null; readonly stderr: string }>;
  /** How it ended, if nobody sent a signal. */
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string }>;
}

/** The data directory of the local chain in a home of `makeHome`. */
export const chainFolder = (home: string): string => join(home, '.local', 'share', 'btcli-ts', 'localnet');

/** Starts a node and waits for its one document. @throws where it ends without one */
export async function startNode(home: string, ...options: string[]): Promise<RunningNode> {
  const child = spawn(process.execPath, [RUN_JS, 'localnet', 'start', '--port', '0', ...options, '--json'], {
    env: cleanEnvironment(home),
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<{ code: number | null; stderr: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, stderr }));
  });
  const document = await new Promise<JsonDocument>((resolve, reject) => {
    let stdout = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.endsWith('\n}\n')) resolve(JSON.parse(stdout) as JsonDocument);
    });
    ended.then(({ code }) => reject(new Error(`the node ended with ${code}: ${stdout}${stderr}`)));
  });
  return {
    document,
    process: child,
    ended,
    request: async <T>(method: string, ...params: unknown[]): Promise<T> => {
      const response = await fetch(String(document.data.endpoint).replace('ws:', 'http:'), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      });
      const { result, error } = (await response.json()) as { result: T; error?: { message: string } };
      if (error) throw new Error(error.message);
      return result;
    },
    end: (signal = 'SIGINT') => {
      child.kill(signal);
      return ended;
    },
  };
}
