// The console in Chromium: for each headline that it reads it prepares a notice to everyone, presses the last button, and
// writes a JSON line {alert, ms} with the time of that press. Called by publish_to_screen.py: node console.mjs HOST:PORT TOKEN.
import { createInterface } from 'node:readline';
import { launch } from './chromium.mjs';

const [host, token] = process.argv.slice(2);
const origin = `http://${host.replace('127.0.0.1', 'localhost')}/`;

const browser = await launch();
process.on('SIGTERM', async () => {
  await browser.close();
  process.exit(0);
});
const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
await page.goto(`${origin}#token=${token}`);
await page.getByRole('heading', { name: 'Live now' }).waitFor();
// What comes before the press does not count, nor does what Playwright takes to press: the page itself notes the time.
await page.evaluate(() => {
  const note = (event) => {
    globalThis.pressed = Date.now() - (performance.now() - event.timeStamp);
  };
  document.addEventListener('click', note, { capture: true });
});
console.log(JSON.stringify({ ready: true }));

async function prepare(headline) {
  await page.goto(`${origin}#/new`);
  await page.locator('[data-template="outage"]').click();
  await page.getByLabel('Which service?').first().fill('Orders and results');
  await page.getByRole('option', { name: 'Orders and results (lab)' }).click();
  await page.keyboard.press('Escape');
  await page.getByLabel('Headline').fill(headline);
  await page.getByText('Everyone', { exact: true }).click();
  await page.locator('[data-testid="reach"]:not(.dim)').waitFor();
  await page.getByRole('button', { name: 'Send…' }).click();
  // So many wards: the site's name is typed. The dialog says which.
  const name = page.getByRole('dialog').getByLabel(/Type .* to send it/);
  const label = await page.getByRole('dialog').getByText(/Type .* to send it/).textContent();
  await name.fill(/Type (.*) to send it/.exec(label)[1]);
  return page.getByRole('dialog').getByRole('button', { name: 'Send the REAL notice', disabled: false });
}

for await (const headline of createInterface({ input: process.stdin })) {
  const send = await prepare(headline);
  await send.click();
  await page.waitForURL(/#\/notice\//);
  const alert = decodeURIComponent(page.url().split('#/notice/')[1]);
  console.log(JSON.stringify({ alert, ms: await page.evaluate(() => globalThis.pressed) }));
}
await browser.close();
