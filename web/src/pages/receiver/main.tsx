import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './receiver.css';
import { browser } from '../../browser.ts';
import { Station } from '../../live/station.ts';
import { indexedDisk } from '../../state/endpoint/indexed_disk.ts';
import { endpointFromFragment } from '../endpoint_fragment.ts';
import { ChooseEndpoint } from './choose_endpoint.tsx';
import { ReceiverPage } from './receiver_page.tsx';

const rememberedAs = 'wardcast.endpoint';
const root = createRoot(browser.root());
const id = endpointFromFragment(
  browser.fragment() || `#endpoint=${browser.kept.get(rememberedAs) ?? ''}`,
);

browser.onFragment(browser.reload);

if (id === null) {
  root.render(
    <StrictMode>
      <ChooseEndpoint
        choose={(chosen) => {
          browser.setFragment(`#endpoint=${chosen}`);
          browser.reload();
        }}
      />
    </StrictMode>,
  );
} else {
  browser.kept.set(rememberedAs, id);
  const station = new Station(browser, indexedDisk(browser.indexedDb), id, true);
  void station.start();
  browser.keepPage();
  root.render(
    <StrictMode>
      <ReceiverPage station={station} />
    </StrictMode>,
  );
}
