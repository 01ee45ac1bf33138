import { addWeight, dbReadsWrites, dbWrites, subWeight, type Weight, weight } from '../../frame/weight.ts';
import { constants } from './spec.ts';

// Weights of pallet-scheduler 42 (src/weights.rs, SubstrateWeight).

const MAX_SCHEDULED = BigInt(constants.MaxScheduledPerBlock.value as number);
const AGENDA_PROOF = 110_487n;

const onAgenda = (base: bigint, perTask: bigint, reads: number, writes: number): Weight =>
  addWeight(weight(base + perTask * MAX_SCHEDULED, AGENDA_PROOF), dbReadsWrites(reads, writes));

const serviceTaskBase = weight(2_991_000n);
const serviceTaskNamed = addWeight(weight(4_292_000n), dbWrites(1));
const serviceTaskPeriodic = weight(2_974_000n);
const serviceTaskFetched = (bytes: number): Weight =>
  addWeight(weight(16_792_000n + 23_402n * BigInt(bytes), 3556n + BigInt(bytes)), dbReadsWrites(3, 2));

export const weights = {
  service_agendas_base: addWeight(weight(1_335_000n, 1489n), dbReadsWrites(1, 1)),
  /** By the tasks on the agenda. */
  service_agenda_base: (tasks: number): Weight =>
    addWeight(weight(2_409_000n + 486_046n * BigInt(tasks), AGENDA_PROOF), dbReadsWrites(1, 1)),
  /** `lookup`: bytes of a call that has to be fetched. */
  service_task: (lookup: number | undefined, named: boolean, periodic: boolean): Weight => {
    let total = lookup === undefined ? serviceTaskBase : serviceTaskFetched(lookup);
    if (named) total = addWeight(total, subWeight(serviceTaskNamed, serviceTaskBase));
    if (periodic) total = addWeight(total, subWeight(serviceTaskPeriodic, serviceTaskBase));
    return total;
  },
  execute_dispatch_signed: addWeight(weight(4_155_000n, 3997n), dbReadsWrites(2, 0)),
  execute_dispatch_unsigned: weight(1_858_000n),
  schedule: onAgenda(3_815_234n, 538_417n, 1, 1),
  cancel: onAgenda(2_524_382n, 777_710n, 1, 3),
  schedule_named: onAgenda(8_965_037n, 559_963n, 2, 2),
  cancel_named: onAgenda(7_403_622n, 778_228n, 2, 3),
  schedule_retry: onAgenda(10_762_174n, 16_285n, 1, 2),
  set_retry: addWeight(weight(169_783_000n, AGENDA_PROOF), dbReadsWrites(1, 1)),
  set_retry_named: addWeight(weight(186_544_000n, AGENDA_PROOF), dbReadsWrites(2, 1)),
  cancel_retry: addWeight(weight(169_076_000n, AGENDA_PROOF), dbReadsWrites(1, 1)),
  cancel_retry_named: addWeight(weight(182_329_000n, AGENDA_PROOF), dbReadsWrites(2, 1)),
};
