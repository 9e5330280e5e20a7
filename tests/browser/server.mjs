// A static file server on loopback, as plain as the hosts that sites are published on.

import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const types = {
  ".avif": "image/avif",
  ".css": "text/css",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml",
};

/** What is worth compressing. */
const texts = /^(text|application\/(json|xml))|svg/;

/** Serves `dir` at the path `base` of an origin of its own; `compressed` as hosts do it, with brotli or gzip. */
export async function serve(dir, base, { compressed = false } = {}) {
  const kept = new Map();
  const squeeze = (file, encoding) => {
    const key = `${encoding} ${file}`;
    if (!kept.has(key)) kept.set(key, encoding === "br" ? brotliCompressSync(readFileSync(file)) : gzipSync(readFileSync(file)));
    return kept.get(key);
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = path.startsWith(base) ? join(dir, normalize(`/${path.slice(base.length)}`)) : undefined;
    if (file && existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    let status = 200;
    if (!file || !existsSync(file)) {
      status = 404;
      file = join(dir, "404.html");
    }
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    const type = types[extname(file)] ?? "application/octet-stream";
    const accepted = request.headers["accept-encoding"] ?? "";
    const encoding = compressed && texts.test(type) ? ["br", "gzip"].find((name) => accepted.includes(name)) : undefined;
    if (encoding) {
      response.writeHead(status, { "content-type": type, "content-encoding": encoding, vary: "accept-encoding" });
      response.end(squeeze(file, encoding));
      return;
    }
    response.writeHead(status, { "content-type": type });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}
