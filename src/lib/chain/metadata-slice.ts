import { v14 } from '@polkadot-api/substrate-bindings';
import type { DecodedMetadata } from './decoded-metadata.ts';

type Entry = DecodedMetadata['lookup'][number];
type Definition = Entry['def'];

/** What precedes the metadata's body: `meta`, then the version. */
const PREFIX = [0x6d, 0x65, 0x74, 0x61, 14];

/**
 * As much of the metadata as describes one call and the extrinsic around it, as metadata version 14: whoever parses all of
 * it to sign one call spends most of the time on types that the call does not have. Undefined for a call that holds
 * other calls, which may be any, and for metadata of an unusual make: all of it is needed then.
 */
export function metadataOfCall(metadata: DecodedMetadata, pallet: number, call: number): Uint8Array | undefined {
  const { lookup, extrinsic } = metadata;
  const section = metadata.pallets.find(({ index }) => index === pallet);
  const wrapper = lookup.find(({ path }) => path.at(-1) === 'UncheckedExtrinsic');
  const outer = wrapper?.params.find(({ name }) => name === 'Call')?.type;
  const calls = section?.calls?.type;
  const extensions = extrinsic.signedExtensions[0];
  // Named because @polkadot/types looks for it, and says on the console if it is not there; empty, since nothing has it.
  const record = lookup.find(({ path }) => path.at(-1) === 'EventRecord');
  const event = record?.params[0]?.type;
  if (!section || !wrapper || outer === undefined || calls === undefined || !extensions) return undefined;
  if (!record || event === undefined) return undefined;
  const only = new Map<number, Entry | undefined>([
    [outer, onlyVariant(lookup[outer]!, pallet)],
    [calls, onlyVariant(lookup[calls]!, call)],
    [record.id, { ...record, def: { tag: 'tuple', value: [] } }],
    [event, { ...lookup[event]!, params: [], def: { tag: 'variant', value: [] } }],
  ]);
  const chosen = only.get(calls);
  if (!chosen || !only.get(outer) || collect(lookup, referencesOf(chosen.def)).has(outer)) return undefined;
  const entries = lookup.map((entry) => only.get(entry.id) ?? entry);
  const roots = extensions.flatMap(({ type, additionalSigned }) => [type, additionalSigned]);
  const ids = [...collect(entries, [wrapper.id, outer, record.id, ...roots])].sort((a, b) => a - b);
  const places = new Map(ids.map((id, place) => [id, place]));
  const place = (id: number): number => places.get(id)!;
  const body = v14.enc({
    lookup: ids.map((id) => renumbered(entries[id]!, place)),
    pallets: [
      {
        name: section.name,
        index: section.index,
        calls: place(calls),
        storage: undefined,
        events: undefined,
        errors: undefined,
        constants: [],
        docs: [],
      },
    ],
    extrinsic: {
      type: place(wrapper.id),
      version: 4,
      signedExtensions: extensions.map(({ identifier, type, additionalSigned }) => ({
        identifier,
        type: place(type),
        additionalSigned: place(additionalSigned),
      })),
    },
    // The runtime's own type, which nobody asks for.
    type: place(wrapper.id),
    apis: [],
  });
  return Uint8Array.from([...PREFIX, ...body]);
}

/** An enum with one of its variants; undefined when it has none of this index. */
function onlyVariant(entry: Entry, index: number): Entry | undefined {
  if (entry.def.tag !== 'variant') return undefined;
  const value = entry.def.value.filter((variant) => variant.index === index);
  return value.length === 1 ? { ...entry, def: { tag: 'variant', value } } : undefined;
}

/** These types and all that they are made of. */
function collect(entries: readonly Entry[], roots: readonly number[]): Set<number> {
  const found = new Set<number>();
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    const { def, params } = entries[id]!;
    waiting.push(...referencesOf(def));
    for (const { type } of params) if (type !== undefined) waiting.push(type);
  }
  return found;
}

function referencesOf(def: Definition): number[] {
  const found: number[] = [];
  withReferences(def, (id) => {
    found.push(id);
    return id;
  });
  return found;
}

function renumbered(entry: Entry, place: (id: number) => number): Entry {
  return {
    ...entry,
    id: place(entry.id),
    params: entry.params.map(({ name, type }) => ({ name, type: type === undefined ? undefined : place(type) })),
    def: withReferences(entry.def, place),
  };
}

/** The definition with other numbers of the types in it. */
function withReferences(def: Definition, of: (id: number) => number): Definition {
  const fields = <F extends { readonly type: number }>(list: readonly F[]): F[] =>
    list.map((field) => ({ ...field, type: of(field.type) }));
  switch (def.tag) {
    case 'composite':
      return { tag: 'composite', value: fields(def.value) };
    case 'variant':
      return { tag: 'variant', value: def.value.map((one) => ({ ...one, fields: fields(one.fields) })) };
    case 'tuple':
      return { tag: 'tuple', value: def.value.map(of) };
    case 'array':
      return { tag: 'array', value: { len: def.value.len, type: of(def.value.type) } };
    case 'sequence':
    case 'compact':
      return { tag: def.tag, value: of(def.value) };
    case 'bitSequence': {
      const { bitStoreType, bitOrderType } = def.value;
      return { tag: 'bitSequence', value: { bitStoreType: of(bitStoreType), bitOrderType: of(bitOrderType) } };
    }
    case 'primitive':
      return def;
  }
}
