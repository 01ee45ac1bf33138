/** A process that commits blocks as fast as it can and tells each number once it is stored. To be killed. */
import { createLmdbStore, openLmdbStore } from '../../../src/lib/localnet/node/store/lmdb-store.ts';
import { StoreError } from '../../../src/lib/localnet/node/store/store-error.ts';
import { killedChanges } from '../../helpers/killed-chain.ts';
import { TEST_META, testBlock } from '../../helpers/stores.ts';

const directory = process.argv[2]!;
let store: Awaited<ReturnType<typeof openLmdbStore>>;
try {
  store = await openLmdbStore(directory);
} catch (error) {
  if (!(error instanceof StoreError) || error.code !== 'not-found') throw error;
  store = await createLmdbStore(directory, TEST_META);
}
for (let number = (store.head?.number ?? -1) + 1; ; number++) {
  store.commit(testBlock(number, killedChanges(number)));
  process.stdout.write(`${number}\n`);
  if (number % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
}
