import { describe, expect, test } from 'vitest';
import { nextEpochBlock } from '../../../src/lib/domain/epoch/next-epoch.ts';

// coinbase/run_coinbase.rs `should_run_epoch`
describe('the next epoch', () => {
  test.each([
    ['a tempo after the last one', { tempo: 360, last: 1000, pending: 0 }, 1100, 1360],
    ['when the owner asked for it', { tempo: 360, last: 1000, pending: 1150 }, 1100, 1150],
    ['no later than a tempo after the last one', { tempo: 360, last: 1000, pending: 1400 }, 1100, 1360],
    ['in the next block where one was put off', { tempo: 360, last: 1000, pending: 0 }, 1360, 1361],
    ['never where the tempo is 0', { tempo: 0, last: 1000, pending: 1150 }, 1100, undefined],
  ])('is due %s', (_, schedule, head, block) => {
    expect(nextEpochBlock(schedule, head)).toBe(block);
  });
});
