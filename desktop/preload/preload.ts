import { contextBridge, ipcRenderer } from 'electron';
import type { TillNews, TillReply, TillWire } from '../../shared/contract/till-api.ts';

/** All that a page of this program can reach: one call and one subscription, nothing of Node. */
const wire: TillWire = {
  invoke: (name, input) => {
    // Safe: the main process answers this channel with the contract's envelope and nothing else.
    return ipcRenderer.invoke('till:invoke', name, input) as Promise<TillReply>;
  },
  subscribe: (listener) => {
    const forward = (_event: unknown, news: TillNews) => listener(news);
    ipcRenderer.on('till:news', forward);
    return () => {
      ipcRenderer.removeListener('till:news', forward);
    };
  },
};

contextBridge.exposeInMainWorld('till', wire);
