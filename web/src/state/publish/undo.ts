// A notice can be taken back with one press for so long after it was sent.
export const undoFor = 60_000;

// Milliseconds that are left to undo; 0: none.
export function undoLeft(publishedAt: number | null, now: number): number {
  if (publishedAt === null) return 0;
  return Math.min(undoFor, Math.max(0, publishedAt + undoFor - now));
}

// Wide planned and information notices are held for so long before they go out.
export const heldFor = 10_000;
