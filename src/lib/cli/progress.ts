import type { Output } from './output.ts';
import { displayWidth, pad, truncate } from './render/width.ts';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const INTERVAL = 100;

/** One line on stderr that shows what is going on; on a terminal it moves and vanishes, elsewhere it is said once. */
export class Progress {
  private readonly output: Output;
  private readonly live: boolean;
  private timer: NodeJS.Timeout | undefined;
  private text = '';
  private frame = 0;
  private shown = 0;

  constructor(output: Output) {
    this.output = output;
    output.clearProgress = () => this.stop();
    this.live = output.io.stderr.isTTY === true && output.io.env.TERM !== 'dumb';
  }

  /** Starts, or changes what is said. */
  say(text: string): void {
    if (this.output.quiet || text === this.text) return;
    this.text = text;
    if (!this.live) {
      this.output.note(text);
      return;
    }
    this.timer ??= setInterval(() => this.draw(), INTERVAL).unref();
    this.draw();
  }

  /** Shows how far a known amount of work is; `detail` is something like "812 blocks/s". */
  part(label: string, done: number, total: number, detail = ''): void {
    if (this.output.quiet || !this.live) return;
    const share = total === 0 ? 1 : Math.min(1, done / total);
    const filled = Math.round(share * 24);
    this.text = `${label} ${'█'.repeat(filled)}${'░'.repeat(24 - filled)} ${Math.floor(share * 100)}% ${done}/${total} ${detail}`;
    this.timer ??= setInterval(() => this.draw(), INTERVAL).unref();
  }

  /** Removes the line. */
  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.text = '';
    if (this.shown > 0) this.output.io.stderr.write(`\r${' '.repeat(this.shown)}\r`);
    this.shown = 0;
  }

  private draw(): void {
    const { stderr } = this.output.io;
    const line = truncate(`${FRAMES[this.frame++ % FRAMES.length]} ${this.text}`, (stderr.columns ?? 80) - 1);
    const width = displayWidth(line);
    stderr.write(`\r${pad(line, this.shown)}`);
    this.shown = width;
  }
}
