/** How often a key was derived from a password: what creating and unlocking cost. */
export const derivations = { count: 0 };

/**
 * The argon2 package, counted. For `vi.mock`, which is lifted above all imports:
 * `vi.mock('@node-rs/argon2', async (original) => (await import('./derivations.ts')).counted(await original()))`.
 */
export function counted(argon2: typeof import('@node-rs/argon2')): typeof import('@node-rs/argon2') {
  const hashRaw: typeof argon2.hashRaw = (...args) => {
    derivations.count += 1;
    return argon2.hashRaw(...args);
  };
  return { ...argon2, hashRaw };
}
