import type {
  Description,
  FieldDescription,
  MethodDescription,
  PalletDescription,
  VariantDescription,
} from './description.ts';
import { TypeComparison } from './type-comparison.ts';

/** What the chain has and we have not. */
export interface Missing {
  readonly kind: 'pallet' | 'call' | 'api' | 'method';
  /** `Pallet`, `Pallet.call`, `Api`, `Api.method`. */
  readonly name: string;
}

export interface Comparison {
  readonly missing: readonly Missing[];
  /** Everything else that is not equal, for people: where, ours, theirs. */
  readonly different: readonly string[];
  /** How many items were compared, by kind. */
  readonly compared: Readonly<Record<string, number>>;
}

/** Compares item by item: whatever we declare must be the chain's; pallets, calls, APIs and their methods may be missing. */
export function compareDescriptions(ours: Description, theirs: Description): Comparison {
  const comparer = new Comparer(ours, theirs);
  comparer.run();
  return comparer;
}

class Comparer implements Comparison {
  readonly missing: Missing[] = [];
  readonly different: string[] = [];
  readonly compared: Record<string, number> = {};
  private readonly ours: Description;
  private readonly theirs: Description;
  private readonly types: TypeComparison;

  constructor(ours: Description, theirs: Description) {
    this.ours = ours;
    this.theirs = theirs;
    this.types = new TypeComparison(ours.types, theirs.types);
  }

  run(): void {
    const known = new Map(this.ours.pallets.map((pallet) => [pallet.name, pallet]));
    for (const pallet of this.theirs.pallets) {
      const own = known.get(pallet.name);
      if (own) this.pallet(own, pallet);
      else this.missing.push({ kind: 'pallet', name: pallet.name });
    }
    this.noMore('pallets', this.ours.pallets, this.theirs.pallets);
    this.extrinsic();
    if (this.ours.apis.length > 0) this.apis();
  }

  private count(kind: string): void {
    this.compared[kind] = (this.compared[kind] ?? 0) + 1;
  }

  private equal(where: string, ours: unknown, theirs: unknown): void {
    const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)];
    if (a !== b) this.different.push(`${where}: ${a}, the chain has ${b}`);
  }

  private type(where: string, ours: number | undefined, theirs: number | undefined): void {
    if (ours === undefined || theirs === undefined) {
      this.equal(`${where} has a type`, ours !== undefined, theirs !== undefined);
      return;
    }
    const difference = this.types.compare(ours, theirs);
    if (difference !== undefined) this.different.push(`${where}: ${difference}`);
  }

  private noMore(
    where: string,
    ours: readonly { readonly name: string }[],
    theirs: readonly { readonly name: string }[],
  ): void {
    const names = new Set(theirs.map(({ name }) => name));
    for (const { name } of ours) if (!names.has(name)) this.different.push(`${where}: the chain has no ${name}`);
  }

  private fields(where: string, ours: readonly FieldDescription[], theirs: readonly FieldDescription[]): void {
    const names = (of: readonly FieldDescription[]) => of.map(({ name }) => name);
    this.equal(`${where} fields`, names(ours), names(theirs));
    theirs.forEach(({ name, type }, i) => {
      this.type(`${where}.${name || i}`, ours[i]?.type, type);
    });
  }

  /** Rust's names of arguments' types, by which people know a balance from a number. */
  private typeNames(where: string, ours: readonly FieldDescription[], theirs: readonly FieldDescription[]): void {
    const names = (of: readonly FieldDescription[]) => of.map(({ typeName }) => typeName);
    this.equal(`${where} names of types`, names(ours), names(theirs));
  }

  /** Variants by name; `lack` hears of those that are not there. */
  private variants(
    kind: string,
    pallet: string,
    ours: readonly VariantDescription[],
    theirs: readonly VariantDescription[],
    lack: (name: string) => void,
  ): void {
    const known = new Map(ours.map((variant) => [variant.name, variant]));
    for (const { name, index, fields } of theirs) {
      const own = known.get(name);
      if (!own) {
        lack(name);
        continue;
      }
      this.count(kind);
      this.equal(`${pallet} ${kind} ${name} index`, own.index, index);
      this.fields(`${pallet} ${kind} ${name}`, own.fields, fields);
      if (kind === 'call') this.typeNames(`${pallet}.${name}`, own.fields, fields);
    }
    this.noMore(`${pallet} ${kind}`, ours, theirs);
  }

  private pallet(ours: PalletDescription, theirs: PalletDescription): void {
    const { name } = theirs;
    this.count('pallet');
    this.equal(`${name} index`, ours.index, theirs.index);
    this.storage(ours, theirs);
    const lacks = (kind: string) => (item: string) => this.different.push(`${name}: no ${kind} ${item}`);
    this.variants('call', name, ours.calls, theirs.calls, (call) =>
      this.missing.push({ kind: 'call', name: `${name}.${call}` }),
    );
    this.variants('event', name, ours.events, theirs.events, lacks('event'));
    this.variants('error', name, ours.errors, theirs.errors, lacks('error'));
    this.constants(ours, theirs);
  }

  private storage(ours: PalletDescription, theirs: PalletDescription): void {
    const { name } = theirs;
    const order = (of: PalletDescription) => of.storage.map((item) => item.name);
    this.equal(`${name} storage`, order(ours), order(theirs));
    const known = new Map(ours.storage.map((item) => [item.name, item]));
    for (const item of theirs.storage) {
      const own = known.get(item.name);
      if (!own) continue;
      this.count('storage item');
      const where = `${name}.${item.name}`;
      this.equal(`${where} modifier`, own.modifier, item.modifier);
      this.equal(`${where} hashers`, own.hashers, item.hashers);
      this.equal(`${where} is a map`, own.key !== undefined, item.key !== undefined);
      if (item.key !== undefined) this.type(`${where} key`, own.key, item.key);
      this.type(`${where} value`, own.value, item.value);
      this.equal(`${where} default`, own.fallback, item.fallback);
    }
  }

  private constants(ours: PalletDescription, theirs: PalletDescription): void {
    const { name } = theirs;
    const order = (of: PalletDescription) => of.constants.map((item) => item.name);
    this.equal(`${name} constants`, order(ours), order(theirs));
    const known = new Map(ours.constants.map((item) => [item.name, item]));
    for (const item of theirs.constants) {
      const own = known.get(item.name);
      if (!own) continue;
      this.count('constant');
      const where = `${name}.${item.name}`;
      this.type(`${where} type`, own.type, item.type);
      this.equal(`${where} value`, own.value, item.value);
    }
  }

  private extrinsic(): void {
    const [ours, theirs] = [this.ours.extrinsic, this.theirs.extrinsic];
    this.equal('extrinsic version', ours.version, theirs.version);
    this.type('extrinsic address', ours.address, theirs.address);
    this.type('extrinsic call', ours.call, theirs.call);
    this.type('extrinsic signature', ours.signature, theirs.signature);
    if (ours.extra >= 0) this.type('extrinsic extra', ours.extra, theirs.extra);
    const order = (of: Description['extrinsic']) => of.extensions.map(({ identifier }) => identifier);
    this.equal('extensions', order(ours), order(theirs));
    theirs.extensions.forEach(({ identifier, type, additionalSigned }, i) => {
      this.count('extension');
      this.type(`extension ${identifier}`, ours.extensions[i]?.type, type);
      this.type(`extension ${identifier} additional`, ours.extensions[i]?.additionalSigned, additionalSigned);
    });
  }

  private apis(): void {
    const known = new Map(this.ours.apis.map((api) => [api.name, api]));
    for (const { name, methods } of this.theirs.apis) {
      const own = known.get(name);
      if (own) this.methods(name, own.methods, methods);
      else this.missing.push({ kind: 'api', name });
    }
    this.noMore('APIs', this.ours.apis, this.theirs.apis);
  }

  private methods(api: string, ours: readonly MethodDescription[], theirs: readonly MethodDescription[]): void {
    this.count('API');
    const known = new Map(ours.map((method) => [method.name, method]));
    for (const { name, inputs, output } of theirs) {
      const own = known.get(name);
      if (!own) {
        this.missing.push({ kind: 'method', name: `${api}.${name}` });
        continue;
      }
      this.count('API method');
      this.fields(`${api}.${name}`, own.inputs, inputs);
      this.type(`${api}.${name} output`, own.output, output);
    }
    this.noMore(api, ours, theirs);
  }
}
