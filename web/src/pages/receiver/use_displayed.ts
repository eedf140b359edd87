import { type RefObject, useEffect } from 'react';
import type { Station } from '../../live/station.ts';
import { noteDisplayed } from './note_displayed.ts';

// DISPLAYED is true only once it is painted, in sight, on a page that a person could see.
export function useDisplayed(
  station: Station,
  box: RefObject<HTMLElement | null>,
  alertId: string,
  round: number,
  wardId: string,
): void {
  useEffect(() => {
    const { browser } = station;
    const element = box.current?.querySelector('.notice-band');
    if (!element || round === 0) return;
    let inView = false;
    let cancelPaint = () => {};
    const look = () => {
      cancelPaint();
      if (!inView || !browser.visible()) return;
      cancelPaint = browser.afterPaint(() => {
        if (browser.visible()) noteDisplayed(station, alertId, wardId);
      });
    };
    const stopIntersect = browser.onIntersect(element, (now) => {
      inView = now;
      look();
    });
    const stopVisibility = browser.onVisibility(look);
    return () => {
      cancelPaint();
      stopIntersect();
      stopVisibility();
    };
  }, [station, box, alertId, round, wardId]);
}
