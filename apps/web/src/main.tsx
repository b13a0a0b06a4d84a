import { routes } from '@app/contracts';
import { createRoot } from 'react-dom/client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRouter, createRootRoute, RouterProvider } from '@tanstack/react-router';

const rootRoute = createRootRoute({component: () => <p>{routes.signIn.path}</p>});
const router = createRouter({routeTree: rootRoute});
createRoot(document.getElementById('root')!).render(<QueryClientProvider client={new QueryClient()}><RouterProvider router={router} /></QueryClientProvider>);
