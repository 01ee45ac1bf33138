/** An address that the user knows. */
export interface KnownAddress {
  readonly address: string;
  /** What the user calls it. */
  readonly name: string;
}

/** Letters that people compare at each end; every address of this chain begins with 5. */
const COMPARED = 4;

/**
 * The known address that another one resembles at both ends without being it: how address poisoning works, where somebody
 * makes an address that looks like the one that you mean to pay.
 */
export function lookAlike(address: string, known: readonly KnownAddress[]): KnownAddress | undefined {
  if (known.some((one) => one.address === address)) return undefined;
  return known.find(
    (one) =>
      one.address.slice(0, COMPARED) === address.slice(0, COMPARED) &&
      one.address.slice(-COMPARED) === address.slice(-COMPARED),
  );
}

/** The part of an address that a look-alike does not share: what a person should compare, and type. */
export const middleOf = (address: string): string => {
  const start = Math.floor(address.length / 2) - 3;
  return address.slice(start, start + 6);
};
