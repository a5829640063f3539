import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

/** A runnable query that GraphiQL opens with. */
export interface StarterOperation {
  /** GraphQL text, comments included. */
  readonly query: string;
}

/**
 * Reads the starter queries of a folder, in the order of their file names.
 *
 * @param folder - of `*.graphql` files, one operation each
 * @throws errors of the file system
 */
export async function loadStarterOperations(folder: string): Promise<StarterOperation[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.graphql')).sort();
  return Promise.all(names.map(async (name) => ({ query: await readFile(join(folder, name), 'utf8') })));
}

/** Serves the explorer. */
export interface GraphiqlPage {
  send(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

interface RenderedPage {
  readonly html: Buffer;
  readonly gzipped: Buffer;
  readonly policy: string;
}

/**
 * Prepares GraphiQL as one page with everything in it: no script, style or font of a third party, and it works
 * without a network. Rendered when first asked for, since it is 9 MB.
 *
 * @param starters - the tabs of a visitor who comes for the first time
 */
export function createGraphiqlPage(starters: readonly StarterOperation[]): GraphiqlPage {
  let rendered: Promise<RenderedPage> | null = null;
  return {
    async send(request, response) {
      rendered ??= render(starters);
      const page = await rendered;
      const takesGzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
      const body = takesGzip ? page.gzipped : page.html;
      response.writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'content-length': body.length,
        'content-security-policy': page.policy,
        'cache-control': 'no-cache',
        vary: 'accept, accept-encoding',
        ...(takesGzip ? { 'content-encoding': 'gzip' } : {}),
      });
      response.end(body);
    },
  };
}

async function render(starters: readonly StarterOperation[]): Promise<RenderedPage> {
  // Loaded here, because a server that shows no explorer need not hold it in memory.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    title: 'Shuiwei 水位',
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    shouldPersistHeaders: false,
    defaultTabs: starters.map(({ query }) => ({ query: escapeForScript(query) })),
  });
  const hashes = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script]) =>
      `'sha256-${createHash('sha256')
        .update(script ?? '')
        .digest('base64')}'`,
  );
  const bytes = Buffer.from(html);
  return {
    html: bytes,
    gzipped: await promisify(gzip)(bytes, { level: constants.Z_BEST_SPEED }),
    policy: [
      "default-src 'none'",
      `script-src ${hashes.join(' ')} blob:`,
      'worker-src blob:',
      "style-src 'unsafe-inline'",
      "img-src 'self' data: https: http:",
      'font-src data:',
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
  };
}

/** The page writes its options into a script element as they are, which a closing tag in a comment would end. */
function escapeForScript(text: string): string {
  return text.replaceAll('</', '< /').replaceAll('<!--', '< !--');
}
