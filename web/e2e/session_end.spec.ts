import { Broker } from './broker.ts';
import { expect, publish, test } from './fixtures.ts';
import { codeOf, enter, password, person } from './person.ts';

test('a session that ends under an open WebSocket asks to sign in again, and loses nothing typed', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const broker = new Broker({ config: '[session]\nlongest_s = 40\n' });
  try {
    await broker.start();
    await broker.importDemo();
    const alertId = await publish(broker);
    const ann = await person(broker, 'ann', 'service-desk');
    const began = Date.now();
    await enter(page, broker, ann);
    const closed: string[] = [];
    page.on('websocket', (socket) => socket.on('close', () => closed.push(socket.url())));
    await page.goto(`${broker.url}/#/notice/${alertId}`);
    await page.getByRole('button', { name: 'Update…' }).click();
    const headline = page.getByLabel('Headline');
    await headline.fill('Lab results are late, and come by phone');
    expect(closed).toEqual([]);

    const cover = page.getByRole('dialog');
    await expect(cover.getByRole('alert')).toContainText('not signed in any more', {
      timeout: 60_000,
    });
    expect(Date.now() - began).toBeGreaterThan(30_000);
    expect(closed).not.toEqual([]);
    await cover.getByLabel('Account').fill('ann');
    await cover.getByLabel('Password', { exact: true }).fill(password);
    await cover.getByRole('button', { name: 'Sign in', exact: true }).click();
    // Each code works once, and later than the one before.
    await cover
      .getByLabel('Code of your authenticator')
      .fill(codeOf(ann.secret ?? '', Date.now() + 30_000));
    await cover.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(headline).toHaveValue('Lab results are late, and come by phone');
    await page.getByRole('button', { name: 'Send the update' }).click();
    await expect(page.getByText('Lab results are late, and come by phone').first()).toBeVisible();
  } finally {
    await broker.remove();
  }
});
