import { describe, expect, it } from 'vitest';
import { noChange } from '../../src/state/endpoint/endpoint_disk.ts';
import { indexedDisk } from '../../src/state/endpoint/indexed_disk.ts';
import { heldOf } from '../build_alert.ts';

// An IndexedDB of a page that is left: it answers no request, and does what it was told to commit.
class LeftPage {
  readonly did: string[] = [];

  factory(): IDBFactory {
    const request = { result: { transaction: () => this.transaction() } } as unknown as IDBRequest;
    const open = () => {
      queueMicrotask(() => request.onsuccess?.(new Event('success')));
      return request;
    };
    return { open } as unknown as IDBFactory;
  }

  private transaction(): IDBTransaction {
    const transaction = {
      objectStore: (name: string) => ({
        put: () => this.did.push(`put ${name}`),
        delete: () => this.did.push(`delete ${name}`),
      }),
      commit: () => {
        this.did.push('commit');
        queueMicrotask(() => made.oncomplete?.(new Event('complete')));
      },
    };
    const made = transaction as unknown as IDBTransaction;
    return made;
  }
}

describe('the disk of a browser', () => {
  it('commits without waiting for the page, which may be left in the same moment', async () => {
    const page = new LeftPage();
    const disk = indexedDisk(page.factory());
    await disk.commit('4w-pc-01', { ...noChange, put: [heldOf()], dropReports: ['R1'] });
    expect(page.did).toEqual(['put alerts', 'delete reports', 'commit']);
  });
});
