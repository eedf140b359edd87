import type { Browser } from '../browser.ts';
import type { ServerFrameJson } from '../gen/wardcast/v1/live_pb.ts';
import type { AlertProgressJson } from '../gen/wardcast/v1/progress_pb.ts';
import type { Contact } from './connection.ts';
import { Link } from './link.ts';

export interface ProgressUser {
  progress(progress: AlertProgressJson): void;
  contact(contact: Contact): void;
  // The broker does not let this be watched, or not with this token.
  refused(): void;
}

// Watches one alert until stopped; comes back by itself.
export class ProgressWatch {
  private readonly link: Link;

  constructor(browser: Browser, token: string, alertId: string, user: ProgressUser) {
    const link = new Link(browser, {
      hello: () => ({ watchProgress: { alertId }, token }),
      frame: (frame: ServerFrameJson) => {
        if (frame.error !== undefined) user.refused();
        const progress = frame.progress?.progress;
        if (progress === undefined) return false;
        user.progress(progress);
        return true;
      },
      denied: () => user.refused(),
      changed: () => user.contact(this.link.contact()),
    });
    this.link = link;
  }

  stop(): void {
    this.link.stop();
  }
}
