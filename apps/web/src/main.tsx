import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/queries';
import { router } from './router';
import { applyTheme, currentTheme } from './shell/theme';
import { startWords } from './words/load-words';
import { Spoken } from './words/spoken';
import './styles/base.css';
import './styles/shell.css';
import './styles/start.css';

applyTheme(currentTheme());

const root = document.getElementById('root');
void startWords().then(() => {
  if (root)
    createRoot(root).render(
      <StrictMode>
        <QueryClientProvider client={queryClient}>
          <Spoken>
            <RouterProvider router={router} />
          </Spoken>
        </QueryClientProvider>
      </StrictMode>,
    );
});
