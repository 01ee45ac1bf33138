/**
 * Accounts whose secret is public: those that sp_keyring derives from Substrate's development phrase. On a real network
 * everyone can take what they hold.
 */
const ACCOUNTS: readonly (readonly [name: string, sr25519: string, ed25519: string])[] = [
  ['//Alice', '5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY', '5FA9nQDVg267DEd8m1ZypXLBnvN7SFxYwV7ndqSYGiN9TTpu'],
  ['//Bob', '5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty', '5GoNkf6WdbxCFnPdAnYYQyCjAKPJgLNxXwPjwTh6DGg6gN3E'],
  ['//Charlie', '5FLSigC9HGRKVhB9FiEo4Y3koPsNmBmLJbpXg2mp1hXcS59Y', '5DbKjhNLpqX3zqZdNBc9BGb4fHU1cRBaDhJUskrvkwfraDi6'],
  ['//Dave', '5DAAnrj7VHTznn2AWBemMuyBwZWs6FNFjdyVXUeYum3PTXFy', '5ECTwv6cZ5nJQPk6tWfaTrEk8YH2L7X1VT4EL5Tx2ikfFwb7'],
  ['//Eve', '5HGjWAeFDfFCWPsjFQdVV2Msvz2XtMktvgocEZcCj68kUMaw', '5Ck2miBfCe1JQ4cY3NDsXyBaD6EcsgiVmEFTWwqNSs25XDEq'],
  ['//Ferdie', '5CiPPseXPECbkjWCa6MnjNokrgYjMqmKndv2rSnekmSK2DjL', '5E2BmpVFzYGd386XRCZ76cDePMB3sfbZp5ZKGUsrG1m6gomN'],
  ['//One', '5Fxune7f71ZbpP2FoY3mhYcmM596Erhv1gRue4nsPwkxMR4n', '5Caq1V1MnhfNNoGza9sqx1so37LNq2N5xMeR7xpVpv7Nqgnf'],
  ['//Two', '5CUjxa4wVKMj3FqKdqAUf7zcEMr4MYAjXeWmUf44B41neLmJ', '5DtDrLseQBezH6PQuGniJL8kXLK1sFzYDbw74M6ZoQ9W34Qb'],
  ['//Three', '5FKiDJ3T1c59m3QwQVgXyk2QmibqBaYSzk2X5eiPjLR438pk', '5HRC3mLvgGFHce3aMW9sR6m5if6W6BXuyUPomyjuDrak64Tc'],
  [
    '//Alice//stash',
    '5GNJqTPyNqANBkUVMN1LPPrxXnFouWXoe2wNSmmEoLctxiZY',
    '5DdJ9KX9gm9UvZpcpY6av29Q4uzbjuHdp5zEmV6FCh2FXiBc',
  ],
  [
    '//Bob//stash',
    '5HpG9w8EBLe5XCrbczpwq5TSXvedjrBGCwqxK1iQ7qUsSWFc',
    '5CzfGC7p9sC39Zvb2bg4WgtVvx6c6JVb1SMwsNDVTmRrEas2',
  ],
  [
    '//Charlie//stash',
    '5Ck5SLSHYac6WFt5UZRSsdJjwmpSZq85fd5TRNAdZQVzEAPT',
    '5H523KwDBYhU1ZksgeZ5tywrQPCc4MZsHzm8Cwuu1ZMDudpd',
  ],
  [
    '//Dave//stash',
    '5HKPmK9GYtE1PSLsS1qiYU9xQ9Si1NcEhdeCq9sw5bqu4ns8',
    '5CikVYumd29SdWTRtjnrWQiyB2FhLnh22m6S9AF5zvuwY8po',
  ],
  [
    '//Eve//stash',
    '5FCfAonRZgTFrTd9HREEyeJjDpT397KMzizE6T3DvebLFE7n',
    '5GbCociVVNug7QH8bZcHU7JCRAYvVZ4pjamDe9apy7Retd6u',
  ],
  [
    '//Ferdie//stash',
    '5CRmqmsiNFExV6VbdmPJViVxrWmkaXXvBrSX8oqBT8R9vmWk',
    '5CeHpznwUuoj9FKLj7MK7Z15f7ejJgid7fTdCmWnKRLgEaav',
  ],
  [
    'the development phrase',
    '5DfhGyQdFobKM8NsWvEeAKk5EQQgYe9AydgJ7rMB6E1EqRzV',
    '5DFJF7tY4bpbpcKPJcBTQaKuCDEPCpiz8TRjpmLeTtweqmXL',
  ],
];

const NAMES: ReadonlyMap<string, string> = new Map(
  ACCOUNTS.flatMap(([name, ...addresses]) => addresses.map((address) => [address, name] as const)),
);

/** The name of a development account (`//Alice`); undefined for any other address. */
export function developmentAccount(address: string): string | undefined {
  return NAMES.get(address);
}

const ADDRESSES: ReadonlyMap<string, string> = new Map(ACCOUNTS.map(([name, sr25519]) => [name, sr25519]));

/** The sr25519 address of a development account. */
export function developmentAddress(name: string): string {
  const address = ADDRESSES.get(name);
  if (address === undefined) throw new TypeError(`${name} is no development account`);
  return address;
}
