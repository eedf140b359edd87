import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './wall.css';
import { browser } from '../../browser.ts';
import { Arrival } from '../../live/arrival.ts';
import { askedFrom } from '../../live/asked.ts';
import { indexedDisk } from '../../state/endpoint/indexed_disk.ts';
import { languageOf } from '../../state/language/words.ts';
import { Speaking } from '../../ui/language.tsx';
import { AtPlace } from '../place/at_place.tsx';
import { SitesLanguage } from '../sites_language.tsx';
import { Nameless } from './nameless.tsx';
import { WallPage } from './wall_page.tsx';

// First of all: an enrolment line does not stay in the address.
const asked = askedFrom(browser);
// A wall never reports.
const arrival = new Arrival(browser, indexedDisk(browser.indexedDb), asked, false);

browser.onFragment(browser.reload);
void arrival.start();

createRoot(browser.root()).render(
  <StrictMode>
    <Speaking language={languageOf(browser.language)} kept={browser.kept}>
      <AtPlace arrival={arrival} nameless={<Nameless />}>
        {(station) => (
          <SitesLanguage station={station}>
            <WallPage station={station} />
          </SitesLanguage>
        )}
      </AtPlace>
    </Speaking>
  </StrictMode>,
);
