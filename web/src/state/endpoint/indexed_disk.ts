import type { EndpointDisk } from './endpoint_disk.ts';
import { type EndpointState, emptyState, type HeldAlert } from './held.ts';
import type { OutboxItem } from './outbox.ts';

const databaseName = 'wardcast';
const schema = 1;

interface AlertRow {
  endpointId: string;
  alertId: string;
  held: HeldAlert;
}

interface FactsRow {
  endpointId: string;
  facts: Omit<EndpointState, 'held'>;
}

// The endpoint's disk in IndexedDB. One transaction over all three stores is one commit.
export function indexedDisk(factory: IDBFactory | undefined): EndpointDisk {
  let opened: Promise<IDBDatabase> | null = null;
  const database = () => {
    opened ??= open(factory).catch((error: unknown) => {
      opened = null; // Asked again at the next commit.
      throw error;
    });
    return opened;
  };
  return {
    async load(endpointId) {
      const db = await database();
      const transaction = db.transaction(['alerts', 'facts', 'reports'], 'readonly');
      const mine = IDBKeyRange.bound([endpointId], [endpointId, []]);
      const [alerts, facts, reports] = await Promise.all([
        result<AlertRow[]>(transaction.objectStore('alerts').getAll(mine)),
        result<FactsRow | undefined>(transaction.objectStore('facts').get(endpointId)),
        result<OutboxItem[]>(transaction.objectStore('reports').getAll(mine)),
      ]);
      return {
        state: {
          ...emptyState,
          ...facts?.facts,
          held: new Map(alerts.map((row) => [row.alertId, row.held])),
        },
        outbox: new Map(reports.map((item) => [item.id, item])),
      };
    },
    async commit(endpointId, change) {
      const db = await database();
      const transaction = db.transaction(['alerts', 'facts', 'reports'], 'readwrite', {
        durability: 'strict',
      });
      const alerts = transaction.objectStore('alerts');
      for (const held of change.put) {
        alerts.put({ endpointId, alertId: held.alert.id ?? '', held } satisfies AlertRow);
      }
      for (const id of change.drop) alerts.delete([endpointId, id]);
      if (change.facts !== null) {
        const row: FactsRow = { endpointId, facts: change.facts };
        transaction.objectStore('facts').put(row);
      }
      const reports = transaction.objectStore('reports');
      for (const item of change.reports) reports.put(item);
      for (const id of change.dropReports) reports.delete([endpointId, id]);
      // At once, not when the page next has time: it may be left before that.
      const kept = complete(transaction);
      transaction.commit();
      await kept;
    },
  };
}

function open(factory: IDBFactory | undefined): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    if (factory === undefined) {
      reject(new Error('this browser has no IndexedDB'));
      return;
    }
    const request = factory.open(databaseName, schema);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore('alerts', { keyPath: ['endpointId', 'alertId'] });
      db.createObjectStore('facts', { keyPath: 'endpointId' });
      db.createObjectStore('reports', { keyPath: ['endpointId', 'id'] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
    request.onblocked = () => reject(new Error('an older Wardcast tab blocks the storage'));
  });
}

function result<T>(request: IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result as T);
    request.onerror = () => reject(request.error);
  });
}

function complete(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'));
    transaction.onerror = () => reject(transaction.error);
  });
}
