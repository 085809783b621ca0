import { MantineProvider } from '@mantine/core';
import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/Button.css';
import '@mantine/core/styles/Loader.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/PasswordInput.css';
import '@mantine/core/styles/ActionIcon.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/ScrollArea.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Menu.css';
import '@mantine/core/styles/Tabs.css';
import '@mantine/core/styles/Progress.css';
import '@fontsource/be-vietnam-pro/latin-400.css';
import '@fontsource/be-vietnam-pro/latin-600.css';
import '@fontsource/be-vietnam-pro/vietnamese-400.css';
import '@fontsource/be-vietnam-pro/vietnamese-600.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { present } from '../../shared/base/assert.ts';
import { App } from './app.tsx';
import { CallFailed } from './client.ts';
import { watchForEndOfSession } from './session.tsx';
import { LanguageProvider } from './text/language.tsx';
import { theme } from './theme.ts';
import './styles/tokens.css';
import './styles/base.css';
import './components/controls.css';

// The page's content security policy forbids making functions from text.
config({ jitless: true });

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Asked even when the browser believes to be offline: the person is told instead of waiting.
      networkMode: 'always',
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      // What the centre refused stays refused; only a missing answer is worth asking for again.
      retry: (failures, failure) =>
        failures < 2 && failure instanceof CallFailed && failure.type === 'unreachable',
    },
    mutations: { networkMode: 'always', retry: false },
  },
});
watchForEndOfSession(queryClient);

createRoot(present(document.getElementById('root'), 'index.html has a root')).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <LanguageProvider>
        <QueryClientProvider client={queryClient}>
          <App />
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  </StrictMode>,
);
