import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { CodePack } from '../../../../src/lib/cli/launch/code-pack.ts';
import { Loader } from '../../../../src/lib/cli/launch/loader.ts';

let folder: string;
let packFile: string;
let main: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'btcli-launch-'));
  packFile = join(folder, 'cache', 'one.code');
  main = join(folder, 'dist', 'main.js');
  mkdirSync(join(folder, 'dist', 'commands'), { recursive: true });
  writeFileSync(main, 'exports.add = require("./commands/sum.js").add; exports.path = require("node:path");');
  writeFileSync(join(folder, 'dist', 'commands', 'sum.js'), 'exports.add = (a, b) => a + b;');
});

type Main = { readonly add: (a: number, b: number) => number; readonly path: unknown };

/** One start of the program: the answer, and which files had compiled code in the pack. */
function start(path = packFile): { readonly sum: number; readonly found: readonly string[] } {
  const found: string[] = [];
  class Watched extends CodePack {
    override read(name: string): Buffer | undefined {
      const code = super.read(name);
      if (code) found.push(name);
      return code;
    }
  }
  const loader = new Loader(join(folder, 'dist'), new Watched(path));
  const sum = (loader.load(main) as Main).add(2, 3);
  const seen = [...found];
  loader.save();
  return { sum, found: seen };
}

describe('the loader of the built program', () => {
  it('runs a file once, with what it requires', () => {
    const loader = new Loader(join(folder, 'dist'), new CodePack(packFile));
    const loaded = loader.load(main) as Main;
    expect(loader.load(main)).toBe(loaded);
    expect(loaded.path).toBe(process.getBuiltinModule('node:path'));
    expect(loaded.add(1, 1)).toBe(2);
  });

  it('takes what it compiled from the pack the next time', () => {
    expect(start()).toEqual({ sum: 5, found: [] });
    expect(start()).toEqual({ sum: 5, found: ['main.js', 'commands/sum.js'] });
  });

  it('keeps what others had compiled when a new command adds to the pack', () => {
    start();
    const other = join(folder, 'dist', 'commands', 'other.js');
    writeFileSync(other, 'exports.name = "other";');
    const loader = new Loader(join(folder, 'dist'), new CodePack(packFile));
    expect(loader.load(other)).toEqual({ name: 'other' });
    loader.save();
    const pack = new CodePack(packFile);
    for (const name of ['main.js', 'commands/sum.js', 'commands/other.js']) expect(pack.read(name)).toBeDefined();
    pack.close();
  });

  it('writes the pack once for a command', () => {
    start();
    utimesSync(packFile, 1, 1);
    start();
    expect(statSync(packFile).mtimeMs).toBe(1000);
  });

  it('a file that fails to run is not remembered as if it had run', () => {
    const broken = join(folder, 'dist', 'broken.js');
    writeFileSync(broken, 'throw new Error("no");');
    const loader = new Loader(join(folder, 'dist'), new CodePack(packFile));
    expect(() => loader.load(broken)).toThrow('no');
    writeFileSync(broken, 'exports.fine = true;');
    expect(loader.load(broken)).toEqual({ fine: true });
  });

  it.each([
    ['is cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length - 300)],
    ['holds pages of zeros', (bytes: Buffer) => bytes.fill(0, bytes.length - 300)],
    ['is no pack', () => Buffer.from('something else altogether')],
    ['is empty', () => Buffer.alloc(0)],
    ['says it is longer than any file', (bytes: Buffer) => Buffer.concat([Buffer.from([255, 255, 255, 127]), bytes])],
  ])('a pack that %s is replaced', (_, damage) => {
    start();
    const whole = readFileSync(packFile);
    writeFileSync(packFile, damage(Buffer.from(whole)), { mode: 0o600 });
    expect(start().sum).toBe(5);
    expect(start()).toEqual({ sum: 5, found: ['main.js', 'commands/sum.js'] });
  });

  it('what this V8 cannot use is replaced', () => {
    const pack = new CodePack(packFile);
    // As code of another version would be: whole, but with another head.
    const alien = Buffer.alloc(4096, 7);
    pack.add('commands/sum.js', new Map(['main.js', 'commands/sum.js'].map((name) => [name, alien])));
    pack.close();
    expect(start().sum).toBe(5);
    const again = new CodePack(packFile);
    expect(again.read('main.js')?.equals(alien)).toBe(false);
    again.close();
  });

  it('does not run what others could have written', () => {
    start();
    chmodSync(packFile, 0o622);
    expect(start()).toEqual({ sum: 5, found: [] });
    expect(statSync(packFile).mode & 0o777).toBe(0o600);
  });

  it('runs without a place for the pack', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(start(join(folder, 'file', 'one.code'))).toEqual({ sum: 5, found: [] });
    const pack = new CodePack(join(folder, 'file', 'one.code'));
    expect(pack.isWritable()).toBe(false);
    expect(() => pack.add('commands/sum.js', new Map([['main.js', Buffer.alloc(9)]]))).not.toThrow();
  });

  it('writes nothing where no command was loaded', () => {
    writeFileSync(main, 'exports.help = true;');
    const loader = new Loader(join(folder, 'dist'), new CodePack(packFile));
    expect(loader.load(main)).toEqual({ help: true });
    loader.save();
    expect(readdirSync(folder)).toEqual(['dist']);
  });

  it('keeps four packs', () => {
    for (let i = 0; i < 6; i++) {
      const path = join(folder, 'cache', `${i}.code`);
      start(path);
      utimesSync(path, i + 1, i + 1);
    }
    // The newest of each run was written "now", then aged: what is left are the last ones.
    expect(readdirSync(join(folder, 'cache')).sort()).toEqual(['2.code', '3.code', '4.code', '5.code']);
  });
});
