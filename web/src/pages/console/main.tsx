import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/Button.css';
import '@mantine/core/styles/Loader.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/InlineInput.css';
import './console.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { browser } from '../../browser.ts';
import { SignedIn } from './sign_in/signed_in.tsx';
import { linkFromFragment, tokenFromFragment } from './sign_in/token.ts';
import { theme } from './theme.ts';

// The token of the address goes into this tab's session at once, and out of the address.
tokenFromFragment(browser);
const link = linkFromFragment(browser);
browser.onFragment(() => {
  if (tokenFromFragment(browser) || browser.fragment().startsWith('#/set-password/'))
    browser.reload();
});

// Asked also if the browser believes that it is offline: only the broker's silence says that.
const networkMode = 'always';
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      retry: 1,
      retryDelay: 1_000,
      staleTime: 2_000,
      refetchOnWindowFocus: true,
      networkMode,
    },
    mutations: { networkMode },
  },
});

createRoot(browser.root()).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={browser.styleNonce}>
      <QueryClientProvider client={queries}>
        <SignedIn browser={browser} link={link} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
