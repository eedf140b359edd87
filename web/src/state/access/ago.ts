const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

// "just now", "12 min ago", "30 h ago", "12 days ago", "7 months ago".
export function ago(ms: number): string {
  if (ms < minute) return 'just now';
  if (ms < hour) return `${Math.floor(ms / minute)} min ago`;
  if (ms < 2 * day) return `${Math.floor(ms / hour)} h ago`;
  if (ms < 60 * day) return `${Math.floor(ms / day)} days ago`;
  return `${Math.floor(ms / (30 * day))} months ago`;
}
