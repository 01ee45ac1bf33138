import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { ROOT } from './project-root.ts';

/** Bundles a TypeScript file of test/ so that the oldest supported Node can run it as a process of its own. */
export async function bundleChild(
  file: string,
  { plugins = [], suffix = '' }: { readonly plugins?: Plugin[]; readonly suffix?: string } = {},
): Promise<string> {
  return bundle(`${file.replace(/\W/g, '-')}${suffix}`, { entryPoints: [join(ROOT, 'test', file)], plugins });
}

/** As `bundleChild`, for a program given as text; its imports are relative to the project's folder. */
export async function bundleText(name: string, contents: string): Promise<string> {
  return bundle(name, { stdin: { contents, resolveDir: ROOT, loader: 'ts' } });
}

async function bundle(name: string, input: BuildOptions): Promise<string> {
  const outfile = join(ROOT, '.tmp', 'children', `${name}-${process.pid}.mjs`);
  await build({
    ...input,
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
}

export interface Child {
  readonly process: ChildProcess;
  /** Everything it has printed, by line. */
  readonly lines: string[];
  /** Resolves with the first line that starts so; rejects when the child ends without one. */
  line(start: string): Promise<string>;
  kill(): Promise<void>;
  ended(): Promise<number | null>;
}

export function startChild(script: string, args: readonly string[]): Child {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: string[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    lines.push(...parts);
  });
  const exit = once(child, 'close');
  const ended = async (): Promise<number | null> => {
    await exit;
    return child.exitCode;
  };
  return {
    process: child,
    lines,
    ended,
    kill: async () => {
      child.kill('SIGKILL');
      await ended();
    },
    line: async (start) => {
      for (;;) {
        const found = lines.find((line) => line.startsWith(start));
        if (found !== undefined) return found;
        const next = await Promise.race([once(child.stdout, 'data').then(() => 'more'), exit.then(() => 'end')]);
        await new Promise((resolve) => setImmediate(resolve));
        if (next === 'end' && !lines.some((line) => line.startsWith(start))) {
          throw new Error(`the child ended without "${start}": ${lines.join(' | ')}`);
        }
      }
    },
  };
}
