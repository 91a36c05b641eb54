import { defineConfig, type Plugin } from 'vite';
import buildWasm from './scripts/build-wasm.mjs';

/**
 * What the built page may do: run its own scripts and WebAssembly, and speak to its own host only.
 * The UI kit reads its icons from data: addresses.
 */
const CONTENT_SECURITY_POLICY = [
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

/** Puts the policy in the page itself, for hosts that cannot set headers. */
function contentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: CONTENT_SECURITY_POLICY },
        injectTo: 'head-prepend',
      },
    ],
  };
}

/** Compiles the WebAssembly engine before the bundle takes it up. */
function wasmEngine(): Plugin {
  return { name: 'wasm-engine', buildStart: buildWasm };
}

export default defineConfig({
  base: './',
  build: { target: 'es2022', sourcemap: true },
  worker: { format: 'es' },
  plugins: [wasmEngine(), contentSecurityPolicy()],
  preview: {
    headers: {
      // A page may not forbid its framing from within, so only the header says it.
      'Content-Security-Policy': `${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'`,
      'X-Content-Type-Options': 'nosniff',
      // A share link carries its model in the fragment.
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cross-Origin-Resource-Policy': 'same-origin',
    },
  },
});
