import type { Browser } from '../browser.ts';
import type { WhoAmIResponseJson } from '../gen/wardcast/v1/access_service_pb.ts';
import type {
  EnrollBrowserResponseJson,
  GetProceduresResponseJson,
  GetSettingsResponseJson,
} from '../gen/wardcast/v1/endpoint_service_pb.ts';
import { endpointId as readId } from '../state/endpoint/endpoint_id.ts';
import type { EndpointId } from '../state/endpoint/held.ts';

const limit = 10_000;

// The calls of the receiver and the wall, by plain fetch: they carry no RPC library.

// As whom the broker knows this browser.
export type Who =
  | { case: 'endpoint'; endpointId: EndpointId; csrf: string }
  // Has signed in to the console.
  | { case: 'person'; name: string; csrf: string }
  | { case: 'nobody' }
  // It was an endpoint, and is none any more.
  | { case: 'revoked' }
  | { case: 'unreachable' };

// A browser may have the cookies of both: `as` says about which it is asked.
export async function whoAmI(browser: Browser, as: 'endpoint' | 'person'): Promise<Who> {
  const asked = as === 'endpoint' ? { 'X-Wardcast-As': 'endpoint' } : {};
  const answer = await post<WhoAmIResponseJson>(browser, 'AccessService/WhoAmI', {}, asked);
  if (answer.case === 'failed') return { case: 'unreachable' };
  if (answer.case === 'refused') {
    if (answer.status === 403 && as === 'endpoint') return { case: 'revoked' };
    return answer.status < 500 ? { case: 'nobody' } : { case: 'unreachable' };
  }
  const { caller = '', displayName = '', csrfToken: csrf = '', credential } = answer.body;
  if (as === 'endpoint') {
    const id = readId(caller.replace(/^endpoint\//, ''));
    return credential === 'ENDPOINT' && id !== null
      ? { case: 'endpoint', endpointId: id, csrf }
      : { case: 'nobody' };
  }
  if (credential !== 'SESSION' || answer.body.secondFactorMissing === true) {
    return { case: 'nobody' };
  }
  return { case: 'person', name: displayName || caller, csrf };
}

export type Enrolled =
  | { case: 'enrolled'; endpointId: EndpointId; csrf: string }
  // `message` is the broker's, for a person.
  | { case: 'refused'; code: string; message: string }
  | { case: 'unreachable' };

export async function enrollBrowser(
  browser: Browser,
  token: string,
  endpointId: EndpointId,
): Promise<Enrolled> {
  const answer = await post<EnrollBrowserResponseJson>(
    browser,
    'EndpointService/EnrollBrowser',
    { token, endpointId },
    {},
  );
  if (answer.case === 'failed') return { case: 'unreachable' };
  if (answer.case === 'refused') {
    return answer.status === 503
      ? { case: 'unreachable' }
      : { case: 'refused', code: answer.code, message: answer.message };
  }
  return {
    case: 'enrolled',
    endpointId: readId(answer.body.endpointId ?? '') ?? endpointId,
    csrf: answer.body.csrfToken ?? '',
  };
}

// `token`: what belongs to this browser's cookie; empty in plain text on this machine. Rejects if the
// broker does not answer within 10 s, or answers with an error.
export async function getSettings(
  browser: Browser,
  endpointId: string,
  token: string,
): Promise<GetSettingsResponseJson> {
  return ask(browser, 'EndpointService/GetSettings', endpointId, token);
}

// As getSettings.
export async function getProcedures(
  browser: Browser,
  endpointId: string,
  token: string,
): Promise<GetProceduresResponseJson> {
  return ask(browser, 'EndpointService/GetProcedures', endpointId, token);
}

async function ask<T>(
  browser: Browser,
  method: string,
  endpointId: string,
  token: string,
): Promise<T> {
  const shown: Record<string, string> = token === '' ? {} : { 'X-Wardcast-Csrf': token };
  const answer = await post<T>(browser, method, { endpointId }, shown);
  if (answer.case !== 'answered') throw new Error(`${method} was not answered`);
  return answer.body;
}

type Answer<T> =
  | { case: 'answered'; body: T }
  | { case: 'refused'; status: number; code: string; message: string }
  | { case: 'failed' };

async function post<T>(
  browser: Browser,
  method: string,
  body: object,
  headers: Record<string, string>,
): Promise<Answer<T>> {
  try {
    const response = await browser.fetch(`/wardcast.v1.${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Connect-Protocol-Version': '1', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(limit),
      cache: 'no-store',
    });
    if (response.ok) return { case: 'answered', body: (await response.json()) as T };
    const { code = '', message = '' } = (await response.json()) as {
      code?: string;
      message?: string;
    };
    return { case: 'refused', status: response.status, code, message };
  } catch {
    return { case: 'failed' };
  }
}
