import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './wall.css';
import { browser } from '../../browser.ts';
import { Station } from '../../live/station.ts';
import { indexedDisk } from '../../state/endpoint/indexed_disk.ts';
import { endpointFromFragment } from '../endpoint_fragment.ts';
import { WallPage } from './wall_page.tsx';

const root = createRoot(browser.root());
const id = endpointFromFragment(browser.fragment());

browser.onFragment(browser.reload);

if (id === null) {
  root.render(
    <main className="wall-message">
      <h1>Which board is this?</h1>
      <p>Open this page with the board’s name, for example /wall.html#endpoint=4w-board-01</p>
    </main>,
  );
} else {
  // A wall never reports.
  const station = new Station(browser, indexedDisk(browser.indexedDb), id, false);
  void station.start();
  root.render(
    <StrictMode>
      <WallPage station={station} />
    </StrictMode>,
  );
}
