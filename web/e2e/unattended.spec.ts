import { Broker } from './broker.ts';
import { expect, test } from './fixtures.ts';
import { enter, person } from './person.ts';

test('a console that is open but nobody is at is signed out after the idle time, in place', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const broker = new Broker({ config: '[session]\nidle_s = 15\n' });
  try {
    await broker.start();
    await broker.importDemo();
    const ann = await person(broker, 'ann', 'service-desk');
    await page.clock.install();
    await enter(page, broker, ann);
    const marks: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/GetHealth'))
        marks.push(request.headers()['x-wardcast-unattended']);
    });
    await page.getByRole('link', { name: 'New notice' }).first().click();
    await page.locator('[data-template="outage"]').click();
    await page.getByLabel('Headline').fill('Imaging is down, ticket open');

    // Somebody is there: it is in use for longer than the idle time.
    const cover = page.getByRole('dialog', { name: 'Wardcast' });
    await expect.poll(() => marks.length, { timeout: 60_000 }).toBeGreaterThan(4);
    expect(marks.every((mark) => mark === undefined)).toBe(true);
    await expect(cover).toHaveCount(0);

    // A minute without a press.
    await page.clock.fastForward('01:01');
    await expect(cover.getByRole('alert')).toContainText('not signed in any more', {
      timeout: 60_000,
    });
    expect(marks).toContain('1');
    await expect(cover.getByLabel('Account')).toHaveValue('ann');
    await expect(page.getByLabel('Headline')).toHaveValue('Imaging is down, ticket open');
  } finally {
    await broker.remove();
  }
});
