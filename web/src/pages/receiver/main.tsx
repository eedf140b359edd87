import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './receiver.css';
import { browser } from '../../browser.ts';
import { Arrival } from '../../live/arrival.ts';
import { askedFrom } from '../../live/asked.ts';
import { indexedDisk } from '../../state/endpoint/indexed_disk.ts';
import { languageOf } from '../../state/language/words.ts';
import { Speaking } from '../../ui/language.tsx';
import { AtPlace } from '../place/at_place.tsx';
import { SitesLanguage } from '../sites_language.tsx';
import { ChooseEndpoint } from './choose_endpoint.tsx';
import { ReceiverPage } from './receiver_page.tsx';

// First of all: an enrolment line does not stay in the address.
const asked = askedFrom(browser);
const arrival = new Arrival(browser, indexedDisk(browser.indexedDb), asked, true);

browser.onFragment(browser.reload);
void arrival.start();
browser.keepPage();

createRoot(browser.root()).render(
  <StrictMode>
    <Speaking language={languageOf(browser.language)} kept={browser.kept}>
      <AtPlace
        arrival={arrival}
        nameless={
          <ChooseEndpoint
            choose={(chosen) => {
              browser.setFragment(`#endpoint=${chosen}`);
              browser.reload();
            }}
          />
        }
      >
        {(station, place) => (
          <SitesLanguage station={station}>
            <ReceiverPage station={station} place={place} enrol={() => arrival.askToEnrol()} />
          </SitesLanguage>
        )}
      </AtPlace>
    </Speaking>
  </StrictMode>,
);
