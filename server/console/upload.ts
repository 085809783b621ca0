import { CatalogueImport, consoleStreams } from '../../shared/contract/console-api.ts';
import { CallFailed, failureOf } from './client.ts';

export type Upload = {
  readonly done: Promise<CatalogueImport>;
  readonly cancel: () => void;
};

/** Sends a register's file as it is. XMLHttpRequest, because `fetch` does not tell how far it is. */
export function uploadCatalogue(file: File, onProgress: (sentBytes: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<CatalogueImport>((resolve, reject) => {
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded));
    request.addEventListener('error', () =>
      reject(new CallFailed({ type: 'unreachable', detail: 'No answer' })),
    );
    request.addEventListener('abort', () =>
      reject(new CallFailed({ type: 'conflict', detail: 'Cancelled' })),
    );
    request.addEventListener('load', () => {
      answerOf(request).then(resolve, reject);
    });
  });
  request.open(consoleStreams.uploadImport.method, consoleStreams.uploadImport.path);
  request.setRequestHeader('x-file-name', encodeURIComponent(file.name));
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.send(file);
  return { done, cancel: () => request.abort() };
}

async function answerOf(request: XMLHttpRequest): Promise<CatalogueImport> {
  const response = new Response(request.responseText, {
    status: request.status,
    headers: { 'retry-after': request.getResponseHeader('retry-after') ?? '' },
  });
  if (!response.ok) throw await failureOf(response);
  const parsed = CatalogueImport.safeParse(await response.json().catch(() => undefined));
  if (parsed.success) return parsed.data;
  throw new CallFailed({ type: 'not-understood', detail: 'uploadImport' });
}
