// The broker's time on this PC: the last `server_time` plus what the monotonic clock has counted
// since. The PC's own clock is used only while no broker was ever heard.
export class BrokerClock {
  private offset: number | null = null;

  constructor(
    private readonly monotonic: () => number,
    private readonly ownClock: () => number,
  ) {}

  // Takes over the broker's time from a message that has just come. Ignores what is no time.
  hear(serverTime: string | undefined): void {
    const at = Date.parse(serverTime ?? '');
    if (!Number.isNaN(at)) this.offset = at - this.monotonic();
  }

  // Milliseconds since 1970.
  now(): number {
    return Math.round(this.offset === null ? this.ownClock() : this.monotonic() + this.offset);
  }

  // The broker's time at a moment of the monotonic clock.
  at(monotonic: number): number {
    return this.now() - (this.monotonic() - monotonic);
  }
}
