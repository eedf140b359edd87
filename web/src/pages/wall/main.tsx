import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './wall.css';
import { browser } from '../../browser.ts';
import { Arrival } from '../../live/arrival.ts';
import { askedFrom } from '../../live/asked.ts';
import { indexedDisk } from '../../state/endpoint/indexed_disk.ts';
import { AtPlace } from '../place/at_place.tsx';
import { WallPage } from './wall_page.tsx';

// First of all: an enrolment line does not stay in the address.
const asked = askedFrom(browser);
// A wall never reports.
const arrival = new Arrival(browser, indexedDisk(browser.indexedDb), asked, false);

browser.onFragment(browser.reload);
void arrival.start();

createRoot(browser.root()).render(
  <StrictMode>
    <AtPlace
      arrival={arrival}
      nameless={
        <main className="wall-message">
          <h1>Which board is this?</h1>
          <p>Open this page with the board’s name, for example /wall.html#endpoint=4w-board-01</p>
        </main>
      }
    >
      {(station) => <WallPage station={station} />}
    </AtPlace>
  </StrictMode>,
);
