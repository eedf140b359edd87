// Some steps ask once more who somebody is. Whoever makes such a call waits here for the person's
// answer; calls that wait at the same time share one question.
export class Confirmation {
  private waiting: ((confirmed: boolean) => void)[] = [];
  private readonly watchers = new Set<() => void>();

  // True while somebody is asked.
  readonly asking = (): boolean => this.waiting.length > 0;

  // True: the person has shown who they are. False: they left it.
  readonly ask = (): Promise<boolean> => {
    const answer = new Promise<boolean>((done) => this.waiting.push(done));
    this.tell();
    return answer;
  };

  // Answers all that wait.
  readonly settle = (confirmed: boolean): void => {
    const waiting = this.waiting.splice(0);
    for (const done of waiting) done(confirmed);
    this.tell();
  };

  // Calls `run` when `asking` may have changed, until the returned function is called.
  readonly watch = (run: () => void): (() => void) => {
    this.watchers.add(run);
    return () => {
      this.watchers.delete(run);
    };
  };

  private tell(): void {
    for (const run of [...this.watchers]) run();
  }
}
