import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { isAskingForPage } from './local-guard.ts';
import { pathOf, type StaticFiles } from './routes.ts';

/** How static files are served. */
export interface StaticFilesOptions {
  /** Folder of the built pages; may be missing. */
  readonly folder: string;
  /** First parts of the paths that belong to the page itself, such as `items` for `/items/A-1`. */
  readonly pageNames: readonly string[];
}

interface StoredFile {
  readonly bytes: Buffer;
  readonly type: string;
  readonly cacheControl: string;
  /** Made when first asked for; null = not worth it. */
  gzipped: Promise<Buffer> | null;
}

/** A year: names of built assets contain a hash of their contents. */
const forEver = 'public, max-age=31536000, immutable';
/** Asked again each time, so that a new build shows at once. */
const askAgain = 'no-cache';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};

/** Own files and the own API only: nothing inline, nothing of a third party. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Serves a built page and its files out of memory. The folder is read when first asked for, and looked for again as
 * long as it is missing, so that a build may also come after the start.
 *
 * @returns a handler; false from it = not a file of this page, or nothing is built: somebody else may answer
 */
export function createStaticFiles({ folder, pageNames }: StaticFilesOptions): StaticFiles {
  let files: ReadonlyMap<string, StoredFile> | null = null;
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return false;
    files ??= readFolder(folder);
    if (files === null) return false;
    const path = pathOf(request);
    const isPage = path === '/' || (isAskingForPage(request) && pageNames.includes(path.split('/')[1] ?? ''));
    const file = files.get(isPage ? '/index.html' : path);
    if (file === undefined) return false;
    void send(request, response, file);
    return true;
  };
}

/** @returns null when there is no built page */
function readFolder(folder: string): Map<string, StoredFile> | null {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  } catch {
    return null;
  }
  const files = new Map<string, StoredFile>();
  for (const name of names) {
    const type = types[extname(name)];
    // Folders have no such extension, and what has no known type is not served.
    if (type === undefined) continue;
    const path = `/${name.split(sep).join('/')}`;
    const cacheControl = path.startsWith('/assets/') ? forEver : askAgain;
    files.set(path, { bytes: readFileSync(join(folder, name)), type, cacheControl, gzipped: null });
  }
  return files.has('/index.html') ? files : null;
}

async function send(request: IncomingMessage, response: ServerResponse, file: StoredFile): Promise<void> {
  const takesGzip = /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  if (takesGzip) file.gzipped ??= promisify(gzip)(file.bytes, { level: 9 });
  const body = takesGzip && file.gzipped !== null ? await file.gzipped : file.bytes;
  response.writeHead(200, {
    'content-type': file.type,
    'content-length': body.length,
    'cache-control': file.cacheControl,
    'content-security-policy': policy,
    vary: 'accept-encoding',
    ...(takesGzip ? { 'content-encoding': 'gzip' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
