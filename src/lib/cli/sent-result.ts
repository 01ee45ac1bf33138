import { feePaid, type PlannedCall, type Sent } from '../domain/transaction.ts';
import { formatUnits } from '../units.ts';
import type { Ui } from './render/ui.ts';
import { s } from './schema/schema.ts';
import { describePlan, planSchema } from './transact.ts';

/** What every transaction's result says of itself: the plan, and what became of it. */
export const sentFields = {
  plan: planSchema,
  status: s.choice(['planned', 'submitted', 'included'], 'planned: --dry-run; submitted: nobody waited'),
  extrinsicHash: s.optional(s.hash()),
  feePaidTao: s.optional(s.amount('extrinsic fee, from the block')),
};

export function describeSent(plan: PlannedCall, sent: Sent | undefined) {
  return {
    plan: describePlan(plan),
    status: sent?.outcome ? ('included' as const) : sent ? ('submitted' as const) : ('planned' as const),
    ...(sent ? { extrinsicHash: sent.extrinsicHash } : {}),
    ...(sent?.outcome ? { feePaidTao: formatUnits(feePaid(sent.outcome)) } : {}),
  };
}

interface SentResult {
  readonly status: 'planned' | 'submitted' | 'included';
  readonly extrinsicHash?: string;
}

/** One sentence: what would happen, what was sent, or what is done. */
export function renderSent(
  { status, extrinsicHash }: SentResult,
  ui: Ui,
  sentences: { readonly planned: string; readonly done: string },
): void {
  if (status === 'planned') ui.line(`Dry run: ${sentences.planned} Nothing was sent.`);
  else if (status === 'submitted') ui.line(`Sent ${extrinsicHash}; nobody waited for a block.`);
  else ui.done(sentences.done);
}
