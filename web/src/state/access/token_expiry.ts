import type { ApiTokenJson } from '../../gen/wardcast/v1/access_service_pb.ts';
import { span } from '../time/words.ts';

const day = 86_400_000;
const soonDays = 30;

export type TokenStand = 'revoked' | 'expired' | 'soon' | 'good';

// How a token stands. "soon": whoever uses it needs another within 30 days.
export function tokenStand(token: ApiTokenJson, now: number): TokenStand {
  if (token.revoked !== undefined) return 'revoked';
  const left = Date.parse(token.expires ?? '') - now;
  if (Number.isNaN(left)) return 'good';
  if (left <= 0) return 'expired';
  return left <= soonDays * day ? 'soon' : 'good';
}

// "in 364 d", "expired 3 h ago".
export function expiryWords(token: ApiTokenJson, now: number): string {
  const left = Date.parse(token.expires ?? '') - now;
  if (Number.isNaN(left)) return 'never';
  const whole = (ms: number) => (ms >= 2 * day ? `${Math.floor(ms / day)} days` : span(ms));
  return left <= 0 ? `expired ${whole(-left)} ago` : `in ${whole(left)}`;
}
