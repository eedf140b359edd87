// A ward page in Chromium that writes a JSON line {alert, ms} when a notice has been painted. Called by publish_to_screen.py:
// node browser.mjs HOST:PORT TOKEN. It finds a notice's id by its headline, through the API.
import { launch } from './chromium.mjs';

const [host, token] = process.argv.slice(2);

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
const painted = new Map(); // headline → wall time of the frame after it was in the page
await page.exposeFunction('wardcastPainted', (headline, ms) => {
  if (!painted.has(headline)) painted.set(headline, ms);
});
await page.goto(`http://${host.replace('127.0.0.1', 'localhost')}/receiver.html#endpoint=4w-pc-02`);
await page.evaluate(() => {
  new MutationObserver(() => {
    for (const heading of document.querySelectorAll('h1, h2, h3')) {
      const text = heading.textContent ?? '';
      if (text.includes('Bench by')) requestAnimationFrame(() => globalThis.wardcastPainted(text.trim(), Date.now()));
    }
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
});
await page.getByText(/Connected/i).first().waitFor({ timeout: 30_000 });
console.log(JSON.stringify({ ready: true }));

const told = new Set();
setInterval(async () => {
  if (![...painted.keys()].some((headline) => !told.has(headline))) return;
  const answer = await fetch(`http://${host}/wardcast.v1.AlertService/ListAlerts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"includeClosed":true}',
  });
  const { alerts = [] } = await answer.json();
  for (const [headline, ms] of painted) {
    const alert = alerts.find((one) => headline.includes(one.headline));
    if (!alert || told.has(headline)) continue;
    told.add(headline);
    console.log(JSON.stringify({ alert: alert.id, ms }));
  }
}, 100);
process.on('SIGTERM', async () => {
  await browser.close();
  process.exit(0);
});
