import type { Ext } from '../../src/lib/localnet/frame/ext.ts';
import { TotalAlphaIssuance } from '../../src/lib/localnet/pallets/alpha-assets/spec.ts';
import { TotalIssuance as BalancesIssuance } from '../../src/lib/localnet/pallets/balances/spec.ts';
import {
  NetworksAdded,
  PendingOwnerCut,
  PendingRootAlphaDivs,
  PendingServerEmission,
  PendingValidatorEmission,
  SubnetAlphaIn,
  SubnetAlphaOut,
  SubnetTAO,
  TotalHotkeyAlpha,
  TotalIssuance,
} from '../../src/lib/localnet/pallets/subtensor/storage.ts';
import { subnetAccountId } from '../../src/lib/localnet/pallets/subtensor/subnets/subnet-account.ts';
import { Account } from '../../src/lib/localnet/pallets/system/spec.ts';
import { BALANCES_PALLET_INDEX, DUST_LOST_INDEX } from './dust.ts';

/** Most TAO that may exist, in rao. */
const CAP = 21_000_000_000_000_000n;
/** Genesis gives subnet 1 this much TAO without backing it with balance (chain.md §13). */
const UNBACKED_ON_SUBNET_1 = 10_000_000_000n;

/** What holds on the chain after every block. Independent of the code that it watches: it reads storage and adds up. */
export class Auditor {
  private issuanceGap: bigint | undefined;
  /** Dust that Balances removed so far (events `DustLost`), in rao. */
  private dust = 0n;
  checks = 0;

  /** @throws Error that names the law that is broken, with the numbers */
  check(x: Ext, events: Ext['events']): void {
    this.countDust(events);
    this.issuance(x);
    this.reserves(x);
    this.alpha(x);
  }

  private must(holds: boolean, law: string, numbers: () => string): void {
    this.checks += 1;
    if (!holds) throw new Error(`${law}: ${numbers()}`);
  }

  private countDust(events: Ext['events']): void {
    for (const { bytes } of events) {
      if (bytes[0] !== BALANCES_PALLET_INDEX || bytes[1] !== DUST_LOST_INDEX) continue;
      this.dust += new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(2 + 32, true);
    }
  }

  /** Σ balances = Balances' issuance; the pallet's issuance differs from it by what genesis gave and by dust alone. */
  private issuance(x: Ext): void {
    let sum = 0n;
    for (const [, { data }] of Account.iter(x)) sum += data.free + data.reserved;
    const issued = BalancesIssuance.get(x);
    this.must(sum === issued, 'the sum of all balances is the issuance', () => `${sum} against ${issued}`);
    this.must(issued <= CAP, 'no more than 21 million TAO', () => String(issued));
    const gap = issued - TotalIssuance.get(x);
    this.issuanceGap ??= gap;
    const drift = gap - this.issuanceGap;
    this.must(
      drift <= this.dust && drift >= -this.dust,
      'both issuances move together, but for dust',
      () => `they drifted by ${drift} with ${this.dust} of dust`,
    );
  }

  /** A subnet's account holds at least the TAO that its pool counts. */
  private reserves(x: Ext): void {
    for (const netuid of NetworksAdded.keys(x)) {
      const held = Account.get(x, subnetAccountId(netuid)).data.free;
      const reserve = SubnetTAO.get(x, netuid);
      const unbacked = netuid === 1 ? UNBACKED_ON_SUBNET_1 : 0n;
      this.must(
        held + unbacked >= reserve,
        `the account of subnet ${netuid} backs its pool`,
        () => `${held} held, ${reserve} in the pool`,
      );
    }
  }

  /** Alpha outside the pool is what hotkeys hold and what waits to be paid, or more (burned and protocol alpha stay outside). */
  private alpha(x: Ext): void {
    const staked = new Map<number, bigint>();
    for (const [, netuid, amount] of TotalHotkeyAlpha.iter(x)) staked.set(netuid, (staked.get(netuid) ?? 0n) + amount);
    for (const netuid of NetworksAdded.keys(x)) {
      const outside = SubnetAlphaOut.get(x, netuid);
      const pending =
        PendingServerEmission.get(x, netuid) +
        PendingValidatorEmission.get(x, netuid) +
        PendingRootAlphaDivs.get(x, netuid) +
        PendingOwnerCut.get(x, netuid);
      const owed = (staked.get(netuid) ?? 0n) + pending;
      this.must(
        owed <= outside,
        `alpha of subnet ${netuid} is backed`,
        () => `${owed} owed, ${outside} outside the pool`,
      );
      if (netuid === 0) continue;
      const issued = outside + SubnetAlphaIn.get(x, netuid);
      this.must(issued <= CAP, `no more than 21 million alpha on subnet ${netuid}`, () => String(issued));
      this.must(
        TotalAlphaIssuance.get(x, netuid) <= CAP,
        `no more than 21 million alpha issued on subnet ${netuid}`,
        () => String(TotalAlphaIssuance.get(x, netuid)),
      );
    }
  }
}
