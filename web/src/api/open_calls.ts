import type { Browser } from '../browser.ts';
import type { GetSettingsResponseJson } from '../gen/wardcast/v1/endpoint_service_pb.ts';

const limit = 10_000;

// The calls that need no token, by plain fetch: the receiver and the wall carry no RPC library.
// They reject if the broker does not answer within 10 s, or answers with an error.

export async function getSettings(
  browser: Browser,
  endpointId: string,
): Promise<GetSettingsResponseJson> {
  return call(browser, 'EndpointService/GetSettings', { endpointId });
}

async function call<T>(browser: Browser, method: string, body: object): Promise<T> {
  const response = await browser.fetch(`/wardcast.v1.${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'Connect-Protocol-Version': '1' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(limit),
    cache: 'no-store',
  });
  if (!response.ok) throw new Error(`${method}: HTTP ${response.status}`);
  return (await response.json()) as T;
}
