import type { Io } from './io.ts';

const CTRL_C = 3;
/** What a terminal itself keeps of keys that nobody reads. */
const MOST_BYTES = 4096;

/**
 * The keyboard between a secret and what comes next. While a password is checked, which takes a second or more, the
 * terminal would show what is typed: the second try of a password, say. Held, it shows nothing, and what was typed goes to
 * the next question, if that is for a secret too.
 */
export class Keyboard {
  private readonly io: Io;
  private readonly onInterrupt: () => void;
  private kept: Buffer[] | undefined;

  /** @param onInterrupt called for Ctrl-C, which a held keyboard does not turn into a signal */
  constructor(io: Io, onInterrupt: () => void) {
    this.io = io;
    this.onInterrupt = onInterrupt;
  }

  /** From now on nothing that is typed is shown. */
  hold(): void {
    const { stdin } = this.io;
    if (this.kept !== undefined || stdin.isTTY !== true) return;
    this.kept = [];
    stdin.setRawMode(true);
    stdin.on('data', this.keep).resume();
  }

  /** Before a question, which listens itself: a secret gets what was typed since, anything else would show it. */
  handOver(toSecret: boolean): void {
    const kept = this.stop();
    if (kept === undefined) return;
    if (toSecret && kept.length > 0) this.io.stdin.unshift(kept);
    else kept.fill(0);
  }

  /** The terminal is as it was; what was typed meanwhile is forgotten. */
  release(): void {
    const kept = this.stop();
    if (kept === undefined) return;
    kept.fill(0);
    this.io.stdin.setRawMode(false);
  }

  private readonly keep = (bytes: Buffer): void => {
    if (bytes.includes(CTRL_C)) this.onInterrupt();
    const length = this.kept!.reduce((sum, chunk) => sum + chunk.length, bytes.length);
    if (length <= MOST_BYTES) this.kept!.push(bytes);
  };

  private stop(): Buffer | undefined {
    const { kept } = this;
    if (kept === undefined) return undefined;
    this.kept = undefined;
    this.io.stdin.off('data', this.keep);
    this.io.stdin.pause();
    const all = Buffer.concat(kept);
    for (const chunk of kept) chunk.fill(0);
    return all;
  }
}
