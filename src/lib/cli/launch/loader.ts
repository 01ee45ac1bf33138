import { readFileSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join, relative, sep } from 'node:path';
import { Script } from 'node:vm';
import type { CodePack } from './code-pack.ts';

interface LoadedModule {
  exports: unknown;
  readonly filename: string;
  readonly id: string;
  script?: Script;
}

type Evaluate = (
  exports: unknown,
  require: (id: string) => unknown,
  module: LoadedModule,
  filename: string,
  folder: string,
) => void;

const HEAD = '(function(exports,require,module,__filename,__dirname){';

/**
 * Loads the built program's CommonJS files, and those of the packages with native parts, with compiled code from a pack.
 * Does what Node's own loader does for `require` but look for compiled code, at a fraction of its time: names are known to
 * be files beside each other.
 */
export class Loader {
  private readonly root: string;
  private readonly pack: CodePack;
  private readonly modules = new Map<string, LoadedModule>();
  private readonly scripts = new Map<string, Script>();

  /** @param root the folder of the built program */
  constructor(root: string, pack: CodePack) {
    this.root = root;
    this.pack = pack;
  }

  /** Runs a file once and gives what it exports. */
  load(file: string): unknown {
    const known = this.modules.get(file);
    if (known) return known.exports;
    const module: LoadedModule = { exports: {}, filename: file, id: file };
    this.modules.set(file, module);
    try {
      const evaluate = this.compile(file).runInThisContext() as Evaluate;
      evaluate.call(module.exports, module.exports, this.requireFrom(file), module, file, dirname(file));
    } catch (error) {
      this.modules.delete(file);
      throw error;
    }
    return module.exports;
  }

  /** Puts what was compiled into the pack, unless the pack has it. Help and version alone leave no trace. */
  save(): void {
    const names = [...this.scripts.keys()];
    const user = names.filter((name) => name.startsWith('commands/')).join();
    if (user !== '' && !this.pack.knows(user, names) && this.pack.isWritable()) {
      this.pack.add(user, new Map([...this.scripts].map(([name, script]) => [name, script.createCachedData()])));
    }
    this.pack.close();
  }

  private compile(file: string): Script {
    const name = this.nameOf(file);
    const code = this.pack.read(name);
    const script = new Script(`${HEAD}${readFileSync(file, 'utf8')}\n})`, {
      filename: file,
      columnOffset: -HEAD.length,
      ...(code && { cachedData: code }),
    });
    if (script.cachedDataRejected) this.pack.refuse(name);
    this.scripts.set(name, script);
    return script;
  }

  /** Files of this build by where they lie in it; others by what tells one version of them from another. */
  private nameOf(file: string): string {
    if (this.isOwn(file)) return relative(this.root, file).replaceAll(sep, '/');
    const { size, mtimeMs } = statSync(file);
    return `${file}:${size}:${mtimeMs}`;
  }

  private isOwn(file: string): boolean {
    return file.startsWith(this.root + sep);
  }

  private requireFrom(file: string): (id: string) => unknown {
    const folder = dirname(file);
    let plain: NodeJS.Require | undefined;
    const require = (id: string): unknown => {
      if (isBuiltin(id)) return process.getBuiltinModule(id);
      if (this.isOwn(file) && id.startsWith('.')) return this.load(join(folder, id));
      plain ??= createRequire(file);
      const found = plain.resolve(id);
      // Of other files only those that are certainly CommonJS.
      return found.endsWith('.cjs') ? this.load(found) : plain(found);
    };
    return Object.assign(require, { resolve: (id: string) => createRequire(file).resolve(id) });
  }
}
