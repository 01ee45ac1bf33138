import { randomBytes } from 'node:crypto';
import { CODES, RpcError } from './rpc-error.ts';

/** A JSON-RPC notification. */
export interface Notification {
  readonly method: string;
  readonly params: { readonly subscription: string; readonly result: unknown };
}

export interface SessionOptions {
  /** Sends to the other side. Called in the order of the notifications. */
  readonly notify: (notification: Notification) => void;
  /** Subscriptions that one connection may hold. Default: 1,024, as a real node. */
  readonly mostSubscriptions?: number | undefined;
}

/** An open subscription, to be fed until it is ended by either side. */
export interface Subscription {
  readonly id: string;
  /** What it is, for unsubscribing: `chain_newHead`. */
  readonly kind: string;
  readonly ended: boolean;
  send(result: unknown): void;
  /** Runs when the subscription ends, whoever ends it. */
  onEnd(cleanup: () => void): void;
  /** Ends it from this side. */
  end(): void;
}

const MOST_SUBSCRIPTIONS = 1024;

class OpenSubscription implements Subscription {
  readonly id: string;
  readonly kind: string;
  ended = false;
  private readonly session: Session;
  private readonly cleanups: (() => void)[] = [];

  constructor(session: Session, id: string, kind: string) {
    this.session = session;
    this.id = id;
    this.kind = kind;
  }

  send(result: unknown): void {
    if (!this.ended) this.session.notify({ method: this.kind, params: { subscription: this.id, result } });
  }

  onEnd(cleanup: () => void): void {
    if (this.ended) cleanup();
    else this.cleanups.push(cleanup);
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.session.forget(this.id);
    for (const cleanup of this.cleanups.splice(0)) cleanup();
  }
}

/** One connection: its subscriptions, and whatever namespaces keep for it. */
export class Session {
  private readonly options: SessionOptions;
  private readonly subscriptions = new Map<string, OpenSubscription>();
  /** Notifications that wait until the answers before them are sent. */
  private held: Notification[] | undefined;
  private holds = 0;
  private readonly cleanups: (() => void)[] = [];
  private closed = false;

  constructor(options: SessionOptions) {
    this.options = options;
  }

  /** @param kind the method that notifications carry @throws RpcError -32006 */
  subscribe(kind: string): Subscription {
    if (this.closed) throw new RpcError(CODES.internalError, 'the connection is closed');
    if (this.subscriptions.size >= (this.options.mostSubscriptions ?? MOST_SUBSCRIPTIONS)) {
      throw new RpcError(CODES.tooManySubscriptions, 'Too many subscriptions on the connection');
    }
    const subscription = new OpenSubscription(this, `0x${randomBytes(8).toString('hex')}`, kind);
    this.subscriptions.set(subscription.id, subscription);
    return subscription;
  }

  find(id: string, kind: string): Subscription | undefined {
    const subscription = this.subscriptions.get(id);
    return subscription?.kind === kind ? subscription : undefined;
  }

  /** Ends a subscription at the wish of the other side. False when there is none. */
  unsubscribe(id: string, kind: string): boolean {
    const subscription = this.find(id, kind);
    subscription?.end();
    return subscription !== undefined;
  }

  notify(notification: Notification): void {
    if (this.closed) return;
    if (this.held) this.held.push(notification);
    else this.options.notify(notification);
  }

  /** Holds notifications back until the answer that names their subscription is sent: release after sending it. */
  hold(): () => void {
    this.holds++;
    this.held ??= [];
    let done = false;
    return () => {
      if (done) return;
      done = true;
      this.holds--;
      if (this.holds > 0) return;
      const held = this.held ?? [];
      this.held = undefined;
      for (const notification of held) this.notify(notification);
    };
  }

  forget(id: string): void {
    this.subscriptions.delete(id);
  }

  onClose(cleanup: () => void): void {
    this.cleanups.push(cleanup);
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Ends everything that belongs to the connection. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const subscription of [...this.subscriptions.values()]) subscription.end();
    for (const cleanup of this.cleanups.splice(0)) cleanup();
  }
}
