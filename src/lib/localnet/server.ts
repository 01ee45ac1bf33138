import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { NodeError } from './node/node-error.ts';
import { answerMessage, LONGEST_REQUEST, type RpcServer } from './rpc/json-rpc.ts';
import { Peer } from './rpc/peer.ts';
import { Session } from './rpc/session.ts';
import { isAllowedHost, isAllowedOrigin, isLoopback } from './server-access.ts';

export interface ServeOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Default: 127.0.0.1. */
  readonly host?: string | undefined;
}

/** A client must show a sign of life within two of these; papi wants one from us within 40 s. */
const PING_MS = 15_000;
const MOST_CONNECTIONS = 256;

/**
 * JSON-RPC over WebSocket and HTTP POST on one port, or on sockets that are handed in. Each connection is served on its
 * own; what one of them sends cannot end the server.
 */
export class NodeServer {
  private readonly rpc: RpcServer;
  private readonly http: Server;
  private readonly sockets: WebSocketServer;
  private readonly alive = new WeakSet<WebSocket>();
  private readonly pings: NodeJS.Timeout;
  /** Whether `Host` and `Origin` must be this machine's; not where whoever binds the server opens it to others. */
  private guarded = true;

  /** @param pingMs how often clients are asked for a sign of life */
  constructor(rpc: RpcServer, pingMs = PING_MS) {
    this.rpc = rpc;
    this.http = createServer((request, response) => {
      this.answerHttp(request, response).catch((error: unknown) => {
        rpc.onFault(error);
        response.destroy();
      });
    });
    this.http.maxConnections = MOST_CONNECTIONS;
    this.http.headersTimeout = 10_000;
    this.http.on('clientError', (_error, socket) => socket.destroy());
    this.http.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
    this.sockets = new WebSocketServer({ noServer: true, maxPayload: LONGEST_REQUEST, perMessageDeflate: false });
    this.pings = setInterval(() => this.ping(), pingMs);
    this.pings.unref();
  }

  /** Listens on a port. @throws NodeError `port-in-use`, `address-unavailable` */
  listen({ port, host = '127.0.0.1' }: ServeOptions): Promise<{ readonly port: number; readonly host: string }> {
    this.guarded = isLoopback(host);
    return new Promise((resolve, reject) => {
      const failed = (error: NodeJS.ErrnoException) => reject(listenError(error, port, host));
      this.http.once('error', failed);
      this.http.listen(port, host, () => {
        this.http.off('error', failed);
        this.http.on('error', (error) => this.rpc.onFault(error));
        resolve({ port: (this.http.address() as AddressInfo).port, host });
      });
    });
  }

  /** Serves a connection that was accepted elsewhere. */
  accept(socket: Socket): void {
    this.http.emit('connection', socket);
  }

  /** Connections that are open now. */
  get connections(): number {
    return this.sockets.clients.size;
  }

  /** Takes no more connections, says goodbye to those that are there, and ends them after `graceMs` at the latest. */
  async close(graceMs = 1000): Promise<void> {
    clearInterval(this.pings);
    const closed = this.http.listening
      ? new Promise<void>((resolve) => this.http.close(() => resolve()))
      : Promise.resolve();
    for (const client of this.sockets.clients) client.close(1001, 'the node shuts down');
    const force = setTimeout(() => {
      for (const client of this.sockets.clients) client.terminate();
      this.http.closeAllConnections();
    }, graceMs);
    this.http.closeIdleConnections();
    await closed;
    clearTimeout(force);
    for (const client of this.sockets.clients) client.terminate();
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    if (!this.mayEnter(request)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (client) => this.serve(client));
  }

  private serve(client: WebSocket): void {
    const peer = new Peer(this.rpc, {
      send: (text) => client.send(text),
      terminate: () => client.terminate(),
      queued: () => client.bufferedAmount,
    });
    this.alive.add(client);
    client.on('pong', () => this.alive.add(client));
    client.on('message', (data) => {
      this.alive.add(client);
      peer.receive(String(data));
    });
    // A message beyond the limit, or not UTF-8: `ws` closes the connection with the reason.
    client.on('error', () => {});
    client.on('close', () => peer.close());
  }

  private ping(): void {
    for (const client of this.sockets.clients) {
      if (!this.alive.delete(client)) client.terminate();
      else if (client.readyState === client.OPEN) client.ping();
    }
  }

  private mayEnter({ headers }: IncomingMessage): boolean {
    return !this.guarded || (isAllowedHost(headers.host) && isAllowedOrigin(headers.origin));
  }

  private async answerHttp(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { origin } = request.headers;
    if (!this.mayEnter(request)) return finish(response, 403);
    if (origin !== undefined) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('vary', 'origin');
    }
    if (request.method === 'OPTIONS') {
      response.setHeader('access-control-allow-methods', 'POST');
      response.setHeader('access-control-allow-headers', 'content-type');
      return finish(response, 204);
    }
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      return finish(response, 405, 'Used HTTP Method is not allowed. POST is required\n');
    }
    const body = await readBody(request);
    if (body === undefined) return finish(response, 413, 'The request is too large\n');
    const session = new Session({ notify: () => {} });
    const answer = await answerMessage(this.rpc, session, body, { subscriptions: false });
    session.close();
    response.setHeader('content-type', 'application/json; charset=utf-8');
    finish(response, 200, answer ?? '');
  }
}

function finish(response: ServerResponse, status: number, body?: string): void {
  response.writeHead(status);
  response.end(body);
}

/** The body as text, or undefined when it is too long. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST_REQUEST) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function listenError(cause: NodeJS.ErrnoException, port: number, host: string): NodeError {
  const data = { port, host };
  switch (cause.code) {
    case 'EADDRINUSE':
      return new NodeError('port-in-use', `port ${port} on ${host} is in use`, { data, cause });
    case 'EACCES':
      return new NodeError('address-unavailable', `port ${port} on ${host} may not be used`, { data, cause });
    default:
      return new NodeError('address-unavailable', `cannot listen on ${host}:${port}: ${cause.message}`, {
        data,
        cause,
      });
  }
}
