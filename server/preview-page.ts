/**
 * The page behind `/m/<id>`: what messengers read to show a preview. The # of an address never reaches
 * a server, so the address that is sent has the id before it; this page leads on to the one behind.
 */
import { html } from 'hono/html';
import { encodeShortLink } from '../src/share/short-link';

export interface Preview {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** Nothing on it loads or runs anything. */
export const PREVIEW_POLICY =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** `html` writes what is put in as text, whatever markup it holds. */
export function previewPage({ id, title, description }: Preview): ReturnType<typeof html> {
  const page = `../#${encodeShortLink(id)}`;
  return html`<!doctype html>
    <html lang="en" prefix="og: https://ogp.me/ns#">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Warmbright</title>
        <meta name="description" content="${description}" />
        <meta name="robots" content="noindex" />
        <meta property="og:type" content="website" />
        <meta property="og:site_name" content="Warmbright" />
        <meta property="og:title" content="${title}" />
        <meta property="og:description" content="${description}" />
        <meta http-equiv="refresh" content="0; url=${page}" />
      </head>
      <body>
        <p><a href="${page}">Open ${title} in Warmbright</a></p>
      </body>
    </html>`;
}
