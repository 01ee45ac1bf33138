import { constant, type Pallet } from '../frame/pallet.ts';
import type { RuntimeApi } from '../frame/runtime-api.ts';
import { blake2b } from '../hash/blake2b.ts';
import { constants } from '../pallets/system/spec.ts';
import { RuntimeVersion } from '../pallets/system/types.ts';
import { type Hex, toHex, utf8 } from '../scale/bytes.ts';
import type { ValueOf } from '../scale/type.ts';

export type RuntimeVersionValue = ValueOf<typeof RuntimeVersion>;

/** How a runtime API is named in the runtime's version: blake2b of its name, 8 bytes, hex. */
const apiId = (name: string): Hex => toHex(blake2b(utf8.encode(name), 8));

/** The runtime's version with the APIs that it has. */
export const versionOf = (apis: readonly RuntimeApi[]): RuntimeVersionValue => ({
  ...(constants.Version.value as RuntimeVersionValue),
  apis: apis.map(({ name, version }) => [apiId(name), version] as const),
});

/** The pallets with `System.Version` as this runtime's. */
export const withVersion = (pallets: readonly Pallet[], version: RuntimeVersionValue): readonly Pallet[] =>
  pallets.map((pallet) =>
    pallet.name === 'System'
      ? { ...pallet, constants: { ...pallet.constants, Version: constant(RuntimeVersion, version) } }
      : pallet,
  );
