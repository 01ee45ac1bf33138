// Who may talk to a node that is bound to this machine: programs on it, and web pages from it. Any other page that a
// browser on this machine shows could otherwise reach the node too (by its address, or by a name that points here).

/** Pages beside local ones that may connect: the explorer that every Substrate developer uses. */
const KNOWN_PAGES = new Set(['https://polkadot.js.org']);

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i;

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

/** Whether the `Host` header names this machine. A missing one comes from a socket of ours. */
export function isAllowedHost(host: string | undefined): boolean {
  if (host === undefined) return true;
  return isLoopback(host.replace(/:\d{1,5}$/, ''));
}

/** Whether the page is one of this machine's, or a known one; programs send no `Origin`. */
export function isAllowedOrigin(origin: string | undefined): boolean {
  if (origin === undefined || KNOWN_PAGES.has(origin)) return true;
  return URL.canParse(origin) && isLoopback(new URL(origin).hostname);
}
