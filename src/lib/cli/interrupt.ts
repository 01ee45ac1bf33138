import { CliError } from '../errors.ts';
import type { Io } from './io.ts';

/** Says what had already happened when the user interrupts: "Extrinsic 0x… was sent and may still be included." */
export type InterruptHandler = () => string | undefined | Promise<string | undefined>;

/** How long a command that registered itself may take to stop at a safe point. */
const DEFAULT_GRACE = 2_000;

/** Ctrl-C and its kin: aborts what runs, gathers what had been sent, and puts the terminal back. */
export class Interrupt {
  private readonly controller = new AbortController();
  private readonly handlers = new Set<InterruptHandler>();
  private grace = 0;
  private hurry: () => void = () => {};
  /** Resolves when the user interrupts a second time. */
  readonly hurried = new Promise<void>((resolve) => {
    this.hurry = resolve;
  });

  /** Aborted when the user interrupts. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get happened(): boolean {
    return this.controller.signal.aborted;
  }

  /** Milliseconds to wait for the command to stop by itself after the signal. */
  get graceMilliseconds(): number {
    return this.grace;
  }

  /**
   * Registers what to say or tidy up; returns the function that takes it back once there is nothing to say any more. After
   * the interrupt nothing is taken back: what stops because of it runs through the same `finally` as what is done.
   */
  on(handler: InterruptHandler, options: { grace?: number } = {}): () => void {
    this.handlers.add(handler);
    this.grace = Math.max(this.grace, options.grace ?? DEFAULT_GRACE);
    return () => {
      if (!this.happened) this.handlers.delete(handler);
    };
  }

  /** The user interrupts; a second time means now, without waiting for the command. */
  raise(): void {
    if (this.happened) this.hurry();
    this.controller.abort(new CliError('INTERRUPTED', 'Interrupted.'));
  }

  /** The error to report, with a sentence from each handler about what had already been done. */
  async error(): Promise<CliError> {
    const sentences: string[] = [];
    for (const handler of this.handlers) {
      try {
        const sentence = await handler();
        if (sentence) sentences.push(sentence);
      } catch {
        sentences.push('It is not known what had been sent; check before you repeat the command.');
      }
    }
    return new CliError(
      'INTERRUPTED',
      ['Interrupted.', ...(sentences.length > 0 ? sentences : ['Nothing had been sent.'])].join(' '),
      {
        data: { done: sentences },
      },
    );
  }
}

let onAlternateScreen = false;

/** Enters or leaves the alternate screen, and remembers it for `restoreTerminal`. */
export function useAlternateScreen(io: Io, on: boolean): void {
  if (on === onAlternateScreen) return;
  onAlternateScreen = on;
  io.stderr.write(on ? '\u001b[?1049h' : '\u001b[?1049l');
}

/** Leaves raw mode and the alternate screen and shows the cursor, whatever was on when the command ended. */
export function restoreTerminal(io: Io): void {
  if (io.stdin.isTTY === true && io.stdin.isRaw) io.stdin.setRawMode(false);
  if (onAlternateScreen) io.stderr.write('\u001b[2J\u001b[3J');
  useAlternateScreen(io, false);
  if (io.stderr.isTTY === true) io.stderr.write('\u001b[?25h');
}
