import { feePaid, type PlannedCall, type Sent } from '../domain/transaction.ts';
import { formatUnits } from '../units.ts';
import type { Ui } from './render/ui.ts';
import { type Infer, s } from './schema/schema.ts';
import { describePlan, planSchema } from './transact.ts';

/** What the result of every transaction says of its extrinsic; to be spread into its object. */
export const sentFields = {
  plan: planSchema,
  status: s.choice(['planned', 'submitted', 'included'], 'planned: --dry-run; submitted: nobody waited'),
  extrinsicHash: s.optional(s.hash()),
  feePaidTao: s.optional(s.amount('extrinsic fee, from the block')),
};

const sentSchema = s.object(sentFields);
export type SentResult = Infer<typeof sentSchema>;

export function describeSent(plan: PlannedCall, sent: Sent | undefined): SentResult {
  return {
    plan: describePlan(plan, sent),
    status: sent?.outcome ? 'included' : sent ? 'submitted' : 'planned',
    ...(sent ? { extrinsicHash: sent.extrinsicHash } : {}),
    ...(sent?.outcome ? { feePaidTao: formatUnits(feePaid(sent.outcome)) } : {}),
  };
}

/**
 * What a person reads of a transaction that was planned only or that nobody waited for; false when it was included, so that
 * the command says what happened.
 */
export function renderUnfinished({ status, plan, extrinsicHash }: SentResult, ui: Ui): boolean {
  if (status === 'included') return false;
  if (status === 'submitted') {
    ui.line(`Sent ${extrinsicHash}; nobody waited for a block.`);
    return true;
  }
  ui.line('Dry run: nothing was sent.');
  ui.fields([
    ['Call', plan.call],
    ['Call data', plan.callData],
    ['Fee', ui.tao(plan.feeTao)],
  ]);
  return true;
}

/** One sentence: what would happen, what was sent, or what is done. */
export function renderSent(
  { status, extrinsicHash }: Pick<SentResult, 'status' | 'extrinsicHash'>,
  ui: Ui,
  sentences: { readonly planned: string; readonly done: string },
): void {
  if (status === 'planned') ui.line(`Dry run: ${sentences.planned} Nothing was sent.`);
  else if (status === 'submitted') ui.line(`Sent ${extrinsicHash}; nobody waited for a block.`);
  else ui.done(sentences.done);
}
