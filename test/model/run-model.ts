import { Auditor } from './auditor.ts';
import { ModelChain } from './model-chain.ts';
import { Random } from './random.ts';
import { act, prepare } from './workload.ts';

export interface ModelReport {
  readonly seed: number;
  readonly blocks: number;
  readonly included: number;
  readonly refused: number;
  readonly checks: number;
  readonly digest: string;
  /** How often each kind of action entered a block. */
  readonly actions: ReadonlyMap<string, number>;
}

export interface ModelOptions {
  readonly blocks: number;
  /** Off: the process never starts again, so that decoded values live through the whole run. */
  readonly restarts?: boolean;
  /** Called in each block after its transactions: where a test plants a fault. */
  readonly tamper?: (chain: ModelChain) => unknown;
}

/** One random run: transactions, empty stretches and restarts, with an audit after every block. @throws Error with the line that repeats it */
export function runModel(seed: number, { blocks, tamper, restarts = true }: ModelOptions): ModelReport {
  const random = new Random(seed);
  const chain = new ModelChain(random.below(2) === 0);
  const auditor = new Auditor();
  const actions = new Map<string, number>();
  let included = 0;
  let refused = 0;
  try {
    prepare(chain);
    while (chain.number < blocks) {
      const busy = random.below(3) > 0;
      const { events } = chain.block(() => {
        for (let i = busy ? random.below(5) : 0; i > 0; i--) {
          const done = act(chain, random);
          if (!done) continue;
          if (done.included) {
            included += 1;
            actions.set(done.name, (actions.get(done.name) ?? 0) + 1);
          } else refused += 1;
        }
        tamper?.(chain);
      });
      auditor.check(chain.x, events);
      if (random.below(60) === 0 && restarts) chain.restart();
    }
  } catch (cause) {
    throw new Error(
      `block ${chain.number}: ${(cause as Error).message}\nrepeat: npm run soak -- --seed ${seed} --runs 1 --blocks ${blocks}`,
      { cause },
    );
  }
  return { seed, blocks: chain.number, included, refused, checks: auditor.checks, digest: chain.digest, actions };
}
