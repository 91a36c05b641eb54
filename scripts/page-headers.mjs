/** What the built page may do, and the headers that hold browsers to it, whoever serves it. */

/**
 * The page may run its own scripts and WebAssembly, and speak to its own host only.
 * The UI kit reads its icons from data: addresses.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  // The UI kit places slider thumbs by style attributes; style sheets stay our own.
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self' data:",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** @type {Readonly<Record<string, string>>} */
export const PAGE_HEADERS = {
  // A page may not forbid its framing from within, so only the header says it.
  'Content-Security-Policy': `${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'`,
  'X-Content-Type-Options': 'nosniff',
  // A share link carries its model in the fragment.
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};
