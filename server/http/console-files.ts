import { existsSync } from 'node:fs';
import path from 'node:path';
import express, { type IRouter, type RequestHandler } from 'express';

/**
 * The console's built files. Every other address a browser opens gets the page itself, so that
 * each view is a URL that can be shared and reloaded.
 */
export function mountConsoleFiles(router: IRouter, consoleDir: string): void {
  const page = path.join(consoleDir, 'index.html');
  router.use(
    '/assets',
    // File names carry the hash of their content.
    express.static(path.join(consoleDir, 'assets'), { immutable: true, maxAge: '1y' }),
  );
  router.use(express.static(consoleDir, { index: false }));
  const sendPage: RequestHandler = (request, response, next) => {
    const isPage = request.method === 'GET' && request.accepts('html') === 'html';
    if (!isPage || /^\/(api|v1|assets)\//.test(request.path)) return next();
    response.setHeader('Cache-Control', 'no-cache');
    if (existsSync(page)) return response.sendFile(page);
    response.status(503).type('text/plain').send('The console is not built: npm run build');
  };
  router.use(sendPage);
}
