import { expect, publish, test } from './fixtures.ts';

test.use({ viewport: { width: 1920, height: 1080 } });

test('the board shows what is down, large, and never reports', async ({ page, broker }) => {
  const frames: string[] = [];
  page.on('websocket', (socket) =>
    socket.on('framesent', (frame) => frames.push(String(frame.payload))),
  );
  await page.goto(`${broker.url}/wall.html#endpoint=4w-board-01`);
  await expect(page.getByText('No open notices')).toBeVisible();
  const id = await publish(broker);
  const headline = page.getByRole('heading', { level: 2 });
  await expect(headline).toHaveText('Lab results are not reaching the EHR');
  const sizes = await page.evaluate(() =>
    [...document.querySelectorAll('.wall *')]
      .filter((each) =>
        [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
      )
      .map((each) => ({
        tag: each.tagName,
        px: Number.parseFloat(getComputedStyle(each).fontSize),
      })),
  );
  expect(sizes.filter(({ px }) => px < 40)).toEqual([]);
  expect(sizes.filter(({ tag, px }) => tag === 'H2' && px < 64)).toEqual([]);
  const overflow = await page.evaluate(() => {
    const box = document.querySelector('.wall main');
    return box === null ? 1 : box.scrollHeight - box.clientHeight;
  });
  expect(overflow).toBeLessThanOrEqual(0);
  await publish(broker, {
    kind: 'SECURITY',
    headline: 'Do not open mails from outside',
    services: ['email'],
  });
  await publish(broker, {
    severity: 'MODERATE',
    headline: 'Printing is slow',
    services: ['printing'],
  });
  await expect(page.getByText('Printing is slow')).toBeVisible();
  await expect(page.getByText('Do not open mails')).toHaveCount(0);
  await broker.call('AlertService/EndAlert', { alertId: id, allClear: true });
  await expect(page.getByText('Lab results are not reaching the EHR')).toHaveCount(0);
  expect(frames.filter((frame) => frame.includes('"report"'))).toEqual([]);
});

test('the board turns grey when it has heard nothing for 30 seconds', async ({ page, broker }) => {
  await publish(broker);
  await page.goto(`${broker.url}/wall.html#endpoint=4w-board-01`);
  await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
  await broker.stop();
  await expect(page.getByRole('alert')).toContainText('No news since', { timeout: 45_000 });
  await expect(page.getByTestId('wall')).toHaveClass(/stale/);
  await broker.start();
  await expect(page.getByTestId('wall')).not.toHaveClass(/stale/, { timeout: 45_000 });
});
