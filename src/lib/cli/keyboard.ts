import { PassThrough } from 'node:stream';
import type { Io } from './io.ts';

const CTRL_C = 3;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
/** What a terminal itself keeps of keys that nobody reads. */
const MOST_BYTES = 4096;

/**
 * The keyboard while secrets are asked for and used. Between a secret and what comes next (a password is checked for a
 * second or more) the terminal would show what is typed, the second try of a password say, and what is left of a pasted
 * text would end in the shell and its history. Held, it shows nothing, and what was typed goes to the next question, if
 * that is for a secret too.
 */
export class Keyboard {
  private readonly io: Io;
  private readonly onInterrupt: () => void;
  /** What was typed and nobody has read; undefined while the keyboard is not held. */
  private kept: Buffer | undefined;
  private question: { readonly input: PassThrough; readonly joinLines: boolean } | undefined;

  /** @param onInterrupt called for Ctrl-C, which a held keyboard does not turn into a signal */
  constructor(io: Io, onInterrupt: () => void) {
    this.io = io;
    this.onInterrupt = onInterrupt;
  }

  /**
   * Holds the keyboard and returns what a question for a secret reads: what is typed, up to the end of the line.
   * @param joinLines a pasted text of several lines is one answer
   */
  ask(joinLines = false): NodeJS.ReadStream {
    const { stdin } = this.io;
    if (this.kept === undefined) {
      this.kept = Buffer.alloc(0);
      stdin.setRawMode(true);
      stdin.on('data', this.take).resume();
    }
    // For Ctrl-Z: readline gives the terminal back, and when the program goes on it takes it again, but does not listen.
    const input: PassThrough = Object.assign(new PassThrough(), {
      setRawMode: (on: boolean) => {
        stdin.setRawMode(on);
        if (on) input.resume();
      },
    });
    this.question = { input, joinLines };
    this.feed();
    return input as unknown as NodeJS.ReadStream;
  }

  /** The question was answered, and gave the terminal back: what is typed from now on waits, and is not shown. */
  hold(): void {
    this.question = undefined;
    if (this.kept !== undefined) this.io.stdin.setRawMode(true);
  }

  /** The terminal is as it was; what was typed meanwhile is forgotten, for a visible question would show it. */
  release(): void {
    if (this.kept === undefined) return;
    this.kept.fill(0);
    this.kept = undefined;
    this.question = undefined;
    this.io.stdin.off('data', this.take).pause();
    this.io.stdin.setRawMode(false);
  }

  private readonly take = (bytes: Buffer): void => {
    if (this.question === undefined && bytes.includes(CTRL_C)) this.onInterrupt();
    const before = this.kept!;
    if (before.length + bytes.length > MOST_BYTES) return;
    this.kept = Buffer.concat([before, bytes]);
    before.fill(0);
    this.feed();
  };

  /** Gives the question what it has not got yet: all, or a line and its end. */
  private feed(): void {
    if (this.question === undefined) return;
    const { input, joinLines } = this.question;
    const waiting = this.kept!;
    if (joinLines) joinLinesOf(waiting);
    const end = waiting.findIndex(isLineEnd);
    if (end === -1) {
      this.kept = Buffer.alloc(0);
      input.write(waiting);
      return;
    }
    this.question = undefined;
    const isPair = waiting[end] === CARRIAGE_RETURN && waiting[end + 1] === LINE_FEED;
    this.kept = Buffer.from(waiting.subarray(end + (isPair ? 2 : 1)));
    input.write(waiting.subarray(0, end + 1));
  }
}

const isLineEnd = (byte: number): boolean => byte === LINE_FEED || byte === CARRIAGE_RETURN;

/** Makes blanks of the line ends that something follows. */
function joinLinesOf(bytes: Buffer): void {
  let last = bytes.length;
  while (last > 0 && isLineEnd(bytes[last - 1]!)) last--;
  for (let position = 0; position < last; position++) {
    if (isLineEnd(bytes[position]!)) bytes[position] = SPACE;
  }
}
