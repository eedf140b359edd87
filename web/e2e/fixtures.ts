import {
  test as base,
  type ConsoleMessage,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import { Broker } from './broker.ts';

// Every test has a broker with the demo hospital, and fails if a page breaks the policy it was
// served with or throws.
export const test = base.extend<{ broker: Broker; honestPages: undefined }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern.
  broker: async ({}, use) => {
    const broker = new Broker();
    try {
      await broker.start();
      await broker.importDemo();
      await use(broker);
    } finally {
      await broker.remove();
    }
  },
  honestPages: [
    async ({ context }, use) => {
      const wrong: string[] = [];
      context.on('weberror', (error) => wrong.push(String(error.error())));
      context.on('console', (message: ConsoleMessage) => {
        if (/Content Security Policy|Trusted ?Type|Warning: /i.test(message.text())) {
          wrong.push(message.text());
        }
      });
      await use(undefined);
      expect(wrong, 'errors and policy violations of the pages').toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export async function openReceiver(page: Page, broker: Broker, endpoint = '4w-pc-01') {
  await page.goto(`${broker.url}/receiver.html#endpoint=${endpoint}`);
  await expect(page.getByTestId('contact')).toContainText('Connected');
}

export async function openConsole(page: Page, broker: Broker, path = '') {
  await page.goto(`${broker.url}/#token=${broker.token}`);
  await expect(page.getByRole('heading', { name: 'Live now' })).toBeVisible();
  if (path !== '') await page.goto(`${broker.url}/#${path}`);
}

// In the form of a new notice: the first one that has these words.
export async function chooseService(page: Page, name: string): Promise<void> {
  await choose(page, page.getByLabel('Which service?'), name);
}

export async function choosePlace(page: Page, name: string): Promise<void> {
  await page.getByText('Chosen places').click();
  await choose(page, page.getByLabel(/Sites, buildings, wards/), name);
}

async function choose(page: Page, field: Locator, name: string): Promise<void> {
  await field.first().fill(name);
  await page.getByRole('option', { name }).first().click();
  await page.keyboard.press('Escape');
}

// A notice that asks 4 West for an answer, published as a machine would.
export async function publish(broker: Broker, part: object = {}): Promise<string> {
  const { alert } = await broker.call<{ alert: { id: string } }>('AlertService/PublishAlert', {
    alert: {
      kind: 'OUTAGE',
      severity: 'SEVERE',
      headline: 'Lab results are not reaching the EHR',
      services: ['lab-results'],
      audience: { wards: ['4w'] },
      ...part,
    },
  });
  return alert.id;
}

export interface Progress {
  progress: {
    wardsAcknowledged?: number;
    byWard?: {
      wardId: string;
      delivered?: number;
      displayed?: number;
      seen?: number;
      state: string;
      answers?: { response: string; person?: { initials?: string }; at?: string }[];
    }[];
  };
}

export async function ward(broker: Broker, alertId: string, wardId = '4w') {
  const { progress } = await broker.call<Progress>('AlertService/GetProgress', { alertId });
  return progress.byWard?.find((each) => each.wardId === wardId);
}
