import { anyGreater } from '../../frame/dispatch-info.ts';
import { addWeight, NO_WEIGHT, type Weight } from '../../frame/weight.ts';

/** What a hook may still use (sp-weights WeightMeter). */
export class WeightMeter {
  private readonly limit: Weight;
  consumed: Weight = NO_WEIGHT;

  constructor(limit: Weight) {
    this.limit = limit;
  }

  canConsume(amount: Weight): boolean {
    return !anyGreater(addWeight(this.consumed, amount), this.limit);
  }

  /** Counts it when there is room. */
  tryConsume(amount: Weight): boolean {
    if (!this.canConsume(amount)) return false;
    this.consumed = addWeight(this.consumed, amount);
    return true;
  }
}
