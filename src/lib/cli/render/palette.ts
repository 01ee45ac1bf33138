import { Chalk } from 'chalk';

export type Paint = (text: string) => string;

/** The few colours that output uses, by what they mean. */
export interface Palette {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
}

const colored = new Chalk({ level: 1 });
const plain = new Chalk({ level: 0 });

export function palette(color: boolean): Palette {
  return color ? colored : plain;
}
