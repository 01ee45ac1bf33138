import { answerMessage, type RpcServer } from './json-rpc.ts';
import { CODES } from './rpc-error.ts';
import { Session } from './session.ts';

/** The other end of a connection that carries whole messages. */
export interface Wire {
  send(text: string): void;
  /** Ends the connection at once. */
  terminate(): void;
  /** Bytes sent that the other side has not taken yet. */
  queued(): number;
}

/** Requests that one connection may have under way. */
const MOST_UNDER_WAY = 2000;
/** A client that lets this much pile up reads too slowly, or not at all. */
const MOST_QUEUED = 192 << 20;

/** Serves one connection: answers its messages and carries its notifications. */
export class Peer {
  private readonly server: RpcServer;
  private readonly wire: Wire;
  private readonly session: Session;
  private underWay = 0;

  constructor(server: RpcServer, wire: Wire) {
    this.server = server;
    this.wire = wire;
    this.session = new Session({
      notify: (notification) => this.send(JSON.stringify({ jsonrpc: '2.0', ...notification })),
    });
  }

  receive(text: string): void {
    if (this.session.isClosed) return;
    if (this.underWay >= MOST_UNDER_WAY) {
      const error = { code: CODES.serverIsBusy, message: 'Server is busy, try again later' };
      this.send(JSON.stringify({ jsonrpc: '2.0', id: null, error }));
      return;
    }
    this.underWay++;
    const release = this.session.hold();
    answerMessage(this.server, this.session, text, { subscriptions: true })
      .then((answer) => {
        if (answer !== undefined) this.send(answer);
      })
      .catch((error: unknown) => this.server.onFault(error))
      .finally(() => {
        this.underWay--;
        release();
      });
  }

  /** The connection is gone. */
  close(): void {
    this.session.close();
  }

  private send(text: string): void {
    if (this.session.isClosed) return;
    if (this.wire.queued() > MOST_QUEUED) {
      this.session.close();
      this.wire.terminate();
      return;
    }
    this.wire.send(text);
  }
}
