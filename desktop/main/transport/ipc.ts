import { ipcMain, type WebContents } from 'electron';
import type { TillReply } from '../../../shared/contract/till-api.ts';
import type { Till } from '../till.ts';

/**
 * The contract over Electron's channels. Only the main frame of our own page is answered: a frame
 * that slipped in, or a page from elsewhere, gets nothing.
 */
export function serveIpc(
  till: Pick<Till, 'invoke' | 'subscribe'>,
  { contents, isOwnPage }: { contents: WebContents; isOwnPage: (url: string) => boolean },
): () => void {
  ipcMain.handle('till:invoke', (event, name: unknown, input: unknown): Promise<TillReply> => {
    const isMainFrame = event.sender === contents && event.senderFrame === contents.mainFrame;
    if (!isMainFrame || !isOwnPage(contents.mainFrame.url) || typeof name !== 'string') {
      throw new Error('Only the program’s own page may call the till');
    }
    return till.invoke(name, input);
  });
  const unsubscribe = till.subscribe((news) => {
    if (!contents.isDestroyed()) contents.send('till:news', news);
  });
  return () => {
    unsubscribe();
    ipcMain.removeHandler('till:invoke');
  };
}
