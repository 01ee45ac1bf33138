import { toHex } from './bytes.ts';
import { Writer } from './io.ts';
import { writeShape } from './portable-types.ts';
import { isLazy, type Type } from './type.ts';

/** Numbers types in order of first use; equal types share a number, recursive ones refer to themselves. */
export class TypeRegistry {
  /** Each type as metadata writes it, without its number. */
  private readonly types: Uint8Array[] = [];
  private readonly ids = new Map<Type<unknown>, number>();
  private readonly byContent = new Map<string, number>();

  idOf<T>(of: Type<T>): number {
    const type = of as Type<unknown>;
    const known = this.ids.get(type);
    if (known !== undefined) return known;
    if (isLazy(type)) return this.lazyId(type, type.target());
    const content = this.describe(type);
    const key = toHex(content);
    let id = this.byContent.get(key);
    if (id === undefined) {
      id = this.types.length;
      this.byContent.set(key, id);
      this.types.push(content);
    }
    this.ids.set(type, id);
    return id;
  }

  private lazyId(type: Type<unknown>, target: Type<unknown>): number {
    const reached = this.ids.get(target);
    if (reached !== undefined) {
      this.ids.set(type, reached);
      return reached;
    }
    const id = this.types.length;
    this.ids.set(type, id);
    this.ids.set(target, id);
    // Its place is taken before its content is known, which may refer to it.
    this.types.push(new Uint8Array());
    this.types[id] = this.describe(target);
    return id;
  }

  private describe(type: Type<unknown>): Uint8Array {
    const out = new Writer(128);
    writeShape(out, type.shape(), (inner) => this.idOf(inner));
    return out.finish();
  }

  /** Writes the portable registry with everything that has a number by now. */
  write(out: Writer): void {
    out.compact(this.types.length);
    this.types.forEach((content, id) => {
      out.compact(id);
      out.raw(content);
    });
  }
}
