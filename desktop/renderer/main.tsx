import '@fontsource/be-vietnam-pro/latin-400.css';
import '@fontsource/be-vietnam-pro/latin-600.css';
import '@fontsource/be-vietnam-pro/vietnamese-400.css';
import '@fontsource/be-vietnam-pro/vietnamese-600.css';
import './style/tokens.css';
import './style/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { present } from '../../shared/base/assert.ts';
import { App } from './app.tsx';
import { listenForKeys } from './base/keys.ts';
import { applyPreferences } from './base/preferences.ts';
import { followNews, queryClient } from './base/till-queries.ts';
import { BrokenScreenBoundary } from './broken-screen.tsx';

applyPreferences();
listenForKeys();
followNews();

const root = present(document.getElementById('root'), 'index.html has the root');
createRoot(root).render(
  <StrictMode>
    <BrokenScreenBoundary>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </BrokenScreenBoundary>
  </StrictMode>,
);
