/** Thrown where the chain's runtime panics: the block that does it is not valid, whatever else is in it. */
class RuntimePanic extends Error {
  override readonly name = 'RuntimePanic';
}

/** @throws RuntimePanic with `message` when `condition` does not hold. */
export function assertOrPanic(condition: boolean, message: string): asserts condition {
  if (!condition) throw new RuntimePanic(message);
}
