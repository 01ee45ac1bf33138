import type { FieldDescription, TypeDescription, VariantDescription } from './description.ts';

type Types = ReadonlyMap<number, TypeDescription>;

/** Enums that have one variant per pallet or call: those that we lack are told elsewhere. */
const OPEN =
  /^(node_subtensor_runtime::(RuntimeCall|RuntimeEvent|RuntimeError|OriginCaller)|\w+(::\w+)*::pallet::Call)$/;

/** Compares types of two registries by structure: paths, parameters, names and order of fields, indices of variants. */
export class TypeComparison {
  private readonly ours: Types;
  private readonly theirs: Types;
  /** Undefined: equal, or being compared further up. */
  private readonly results = new Map<string, string | undefined>();

  constructor(ours: Types, theirs: Types) {
    this.ours = ours;
    this.theirs = theirs;
  }

  /** What differs first, undefined when the types are equal. */
  compare(ours: number, theirs: number): string | undefined {
    const pair = `${ours} ${theirs}`;
    if (this.results.has(pair)) return this.results.get(pair);
    this.results.set(pair, undefined);
    const difference = this.difference(this.ours.get(ours)!, this.theirs.get(theirs)!);
    this.results.set(pair, difference);
    return difference;
  }

  private difference(ours: TypeDescription, theirs: TypeDescription): string | undefined {
    if (ours.path !== theirs.path) return `path ${show(ours)}, the chain has ${show(theirs)}`;
    const [a, b] = [ours.definition, theirs.definition];
    if (a.kind !== b.kind) return `${show(ours)}, the chain has ${show(theirs)}`;
    return within(theirs, this.content(ours, theirs) ?? this.parameters(ours, theirs));
  }

  private content({ path, definition: a }: TypeDescription, { definition: b }: TypeDescription): string | undefined {
    if (a.kind === 'primitive' && b.kind === 'primitive') {
      return a.of === b.of ? undefined : `${a.of}, the chain has ${b.of}`;
    }
    if (a.kind === 'composite' && b.kind === 'composite') return this.fields(a.fields, b.fields);
    if (a.kind === 'variant' && b.kind === 'variant') return this.variants(a.variants, b.variants, OPEN.test(path));
    if (a.kind === 'tuple' && b.kind === 'tuple') {
      if (a.items.length !== b.items.length) return `${a.items.length} items, the chain has ${b.items.length}`;
      return first(b.items, (item, i) => this.compare(a.items[i]!, item));
    }
    if (a.kind === 'array' && b.kind === 'array' && a.length !== b.length) return `length ${a.length}, not ${b.length}`;
    return 'item' in a && 'item' in b ? this.compare(a.item, b.item) : undefined;
  }

  private parameters(ours: TypeDescription, theirs: TypeDescription): string | undefined {
    const names = (of: TypeDescription) => of.params.map(({ name, type }) => `${name}${type === undefined ? '?' : ''}`);
    const [a, b] = [names(ours).join(), names(theirs).join()];
    if (a !== b) return `parameters <${a}>, the chain has <${b}>`;
    return first(theirs.params, ({ type }, i) =>
      type === undefined ? undefined : this.compare(ours.params[i]!.type!, type),
    );
  }

  private fields(ours: readonly FieldDescription[], theirs: readonly FieldDescription[]): string | undefined {
    const names = (of: readonly FieldDescription[]) => of.map(({ name }) => name).join();
    if (ours.length !== theirs.length || names(ours) !== names(theirs)) {
      return `fields {${names(ours)}}, the chain has {${names(theirs)}}`;
    }
    return first(theirs, ({ name, type }, i) => {
      const difference = this.compare(ours[i]!.type, type);
      return difference && `${name || i}: ${difference}`;
    });
  }

  private variants(
    ours: readonly VariantDescription[],
    theirs: readonly VariantDescription[],
    open: boolean,
  ): string | undefined {
    const known = new Map(ours.map((variant) => [variant.name, variant]));
    const extra = ours.find(({ name }) => !theirs.some((variant) => variant.name === name));
    if (extra) return `variant ${extra.name} that the chain has not`;
    return first(theirs, ({ name, index, fields }) => {
      const own = known.get(name);
      if (!own) return open ? undefined : `no variant ${name}`;
      if (own.index !== index) return `variant ${name} at ${own.index}, the chain has it at ${index}`;
      const difference = this.fields(own.fields, fields);
      return difference && `${name}: ${difference}`;
    });
  }
}

function first<T>(items: readonly T[], difference: (item: T, i: number) => string | undefined): string | undefined {
  for (const [i, item] of items.entries()) {
    const found = difference(item, i);
    if (found !== undefined) return found;
  }
  return undefined;
}

const show = ({ path, definition }: TypeDescription): string => path || definition.kind;
const within = ({ path }: TypeDescription, difference: string | undefined): string | undefined =>
  difference && (path ? `${path}: ${difference}` : difference);
