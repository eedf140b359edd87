import type { Page } from '@playwright/test';
import type { Broker } from './broker.ts';
import { expect, publish, test } from './fixtures.ts';
import { check } from './look.ts';

// Ward pages in the languages with the longest words, on a ward PC's screen and at 200 % (which is a
// screen of half the size), and on the board.

const places = {
  de: { connected: 'Verbunden', help: 'Hilfe beim Ausfall nötig', warning: 'WARNUNG' },
  es: { connected: 'Conectado', help: 'Se necesita ayuda por la caída', warning: 'ADVERTENCIA' },
  fr: { connected: 'Connecté', help: 'Besoin d’aide pour la panne', warning: 'AVERTISSEMENT' },
} as const;

async function speak(page: Page, language: string): Promise<void> {
  await page.route('**/wardcast.v1.EndpointService/GetSettings', async (route) => {
    const response = await route.fetch();
    const settings = (await response.json()) as { site?: object };
    await route.fulfill({ response, json: { ...settings, site: { ...settings.site, language } } });
  });
}

async function plannedAndDown(broker: Broker): Promise<void> {
  await publish(broker, {
    audience: {},
    impact: 'New results do not reach the chart.',
    stillWorks: ['Charting', 'Telephony'],
    instructions: [{ when: 'DURING', text: 'Start the downtime procedure now.' }],
  });
}

for (const [language, words] of Object.entries(places)) {
  test(`the ward's page speaks ${language}, and nothing is cut off`, async ({ page, broker }) => {
    await speak(page, language);
    await page.setViewportSize({ width: 1366, height: 768 });
    await page.goto(`${broker.url}/receiver.html#endpoint=4w-pc-01`);
    await expect(page.getByTestId('contact')).toContainText(words.connected);
    await plannedAndDown(broker);
    const notice = page.locator('.open.first');
    await expect(notice).toContainText(words.warning);
    await notice.getByRole('button', { name: words.help, exact: true }).click();
    for (const [width, height] of [
      [1366, 768],
      [683, 384],
    ] as const) {
      await page.setViewportSize({ width, height });
      await check(page, `receiver-${language}-${width}`, 500);
      const cut = await page.evaluate(() =>
        [...document.querySelectorAll('button, .notice-band, .facts dt, .facts dd')]
          .filter((each) => each.scrollWidth > each.clientWidth + 1)
          .map((each) => each.textContent),
      );
      expect(cut).toEqual([]);
    }
  });
}

test('the board speaks German, and all of it fits', async ({ page, broker }) => {
  await speak(page, 'de');
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.goto(`${broker.url}/wall.html#endpoint=4w-board-01`);
  await expect(page.getByText('Keine offenen Meldungen')).toBeVisible();
  await plannedAndDown(broker);
  await expect(page.getByText('Wieder verfügbar')).toBeVisible();
  const overflow = await page.evaluate(() => {
    const box = document.querySelector('.wall main');
    return box === null ? 1 : box.scrollHeight - box.clientHeight;
  });
  expect(overflow).toBeLessThanOrEqual(0);
});
