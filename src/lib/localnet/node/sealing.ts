/**
 * When blocks are made: `instant` as soon as a transaction is ready, `interval` every so many milliseconds, empty or
 * not, `manual` only on request.
 */
export type Sealing =
  | { readonly mode: 'instant' }
  | { readonly mode: 'interval'; readonly ms: number }
  | { readonly mode: 'manual' };

export interface Sealable {
  readonly hasReady: boolean;
  /** Makes one block. */
  seal(): void;
}

/** Longest pause between two blocks that a timer can wait for. */
export const LONGEST_INTERVAL_MS = 24 * 60 * 60 * 1000;

/** Makes blocks at their time. A block that fails is reported and tried again at the next occasion. */
export class Sealer {
  private readonly chain: Sealable;
  private readonly onFault: (error: unknown) => void;
  private current: Sealing = { mode: 'manual' };
  private timer: NodeJS.Timeout | undefined;
  private scheduled: NodeJS.Immediate | undefined;

  constructor(chain: Sealable, onFault: (error: unknown) => void) {
    this.chain = chain;
    this.onFault = onFault;
  }

  get sealing(): Sealing {
    return this.current;
  }

  use(sealing: Sealing): void {
    this.stop();
    this.current = sealing;
    if (sealing.mode === 'interval') this.tick(performance.now() + sealing.ms, sealing.ms);
    else this.ready();
  }

  /** A transaction became ready. */
  ready(): void {
    if (this.current.mode !== 'instant' || this.scheduled) return;
    this.scheduled = setImmediate(() => {
      this.scheduled = undefined;
      if (this.current.mode !== 'instant' || !this.chain.hasReady) return;
      if (this.seal() && this.chain.hasReady) this.ready();
    });
  }

  stop(): void {
    clearTimeout(this.timer);
    if (this.scheduled) clearImmediate(this.scheduled);
    this.timer = undefined;
    this.scheduled = undefined;
    this.current = { mode: 'manual' };
  }

  /** Counts from when the block was due, so that the pace holds; what was missed while the process slept is not made up for. */
  private tick(due: number, ms: number): void {
    this.timer = setTimeout(
      () => {
        this.seal();
        const now = performance.now();
        this.tick(due + ms > now - ms ? due + ms : now + ms, ms);
      },
      Math.max(0, due - performance.now()),
    );
  }

  private seal(): boolean {
    try {
      this.chain.seal();
      return true;
    } catch (error) {
      this.onFault(error);
      return false;
    }
  }
}
