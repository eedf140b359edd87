import { assertNever } from '../state/assert_never.ts';

// What the console shows with each call.
export type Credential =
  // A machine's token, or the one of a broker in plain text on this machine.
  | { case: 'token'; token: string }
  // The browser's session: its cookie is out of reach here, `csrf` says that a page of ours calls.
  | { case: 'session'; csrf: string };

// `unattended`: the page asks by itself and nobody is there; the broker then does not count the call as
// use of the session.
export function headersOf(credential: Credential, unattended = false): Record<string, string> {
  switch (credential.case) {
    case 'token':
      return credential.token === '' ? {} : { Authorization: `Bearer ${credential.token}` };
    case 'session':
      return {
        'X-Wardcast-Csrf': credential.csrf,
        ...(unattended ? { 'X-Wardcast-Unattended': '1' } : {}),
      };
    default:
      return assertNever(credential);
  }
}

// What frames of a WebSocket hold.
export function frameToken(credential: Credential): string {
  return credential.case === 'token' ? credential.token : credential.csrf;
}
