import type { RuntimeVersionValue } from '../node/node-runtime.ts';

/** The runtime's version as the legacy methods write it. */
export function runtimeVersionJson(version: RuntimeVersionValue): Record<string, unknown> {
  return {
    specName: version.spec_name,
    implName: version.impl_name,
    authoringVersion: version.authoring_version,
    specVersion: version.spec_version,
    implVersion: version.impl_version,
    apis: version.apis.map(([id, of]) => [`0x${id}`, of]),
    transactionVersion: version.transaction_version,
    systemVersion: version.system_version,
    stateVersion: version.system_version,
  };
}

/** The same as the new methods write it. */
export function runtimeSpecJson(version: RuntimeVersionValue): Record<string, unknown> {
  return {
    specName: version.spec_name,
    implName: version.impl_name,
    specVersion: version.spec_version,
    implVersion: version.impl_version,
    transactionVersion: version.transaction_version,
    apis: Object.fromEntries(version.apis.map(([id, of]) => [`0x${id}`, of])),
  };
}
