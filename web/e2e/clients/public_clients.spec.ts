import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { createConnectTransport } from '@connectrpc/connect-web';
import * as grpc from '@grpc/grpc-js';
import * as loader from '@grpc/proto-loader';
import { test as base, expect } from '@playwright/test';
import WebSocket from 'ws';
import { AlertService } from '../../src/gen/wardcast/v1/alert_service_pb.ts';
import { FieldViolationSchema } from '../../src/gen/wardcast/v1/errors_pb.ts';
import { SystemService } from '../../src/gen/wardcast/v1/system_service_pb.ts';
import { Broker } from '../broker.ts';

// Clients that were written elsewhere, against a real broker: each must work as its own documentation
// says, with nothing of ours between.

const test = base.extend<{ broker: Broker }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern.
  broker: async ({}, use) => {
    const broker = new Broker();
    try {
      await broker.start();
      await broker.importDemo();
      await use(broker);
    } finally {
      await broker.remove();
    }
  },
});

type Unary = (
  request: object,
  metadata: grpc.Metadata,
  done: (error: grpc.ServiceError | null, answer: Record<string, unknown>) => void,
) => void;

function call(
  client: grpc.Client,
  method: string,
  request: object,
  token = '',
): Promise<Record<string, unknown>> {
  const metadata = new grpc.Metadata();
  if (token !== '') metadata.set('authorization', `Bearer ${token}`);
  const run = (client as unknown as Record<string, Unary>)[method];
  if (run === undefined) throw new Error(`the reflected service has no ${method}`);
  return new Promise((resolve, reject) => {
    run.call(client, request, metadata, (error, answer) =>
      error === null ? resolve(answer) : reject(error),
    );
  });
}

function at(root: grpc.GrpcObject, path: string): grpc.ServiceClientConstructor {
  let here: unknown = root;
  for (const part of path.split('.')) here = (here as Record<string, unknown>)[part];
  return here as grpc.ServiceClientConstructor;
}

interface Reflected {
  listServicesResponse?: { service: { name: string }[] };
  fileDescriptorResponse?: { fileDescriptorProto: Buffer[] };
}

// Asks the reflection service one question.
function reflect(address: string, question: object): Promise<Reflected> {
  const loaded = grpc.loadPackageDefinition(
    loader.loadSync(join(import.meta.dirname, 'reflection.proto')),
  );
  const Reflection = at(loaded, 'grpc.reflection.v1alpha.ServerReflection');
  const client = new Reflection(address, grpc.credentials.createInsecure());
  return new Promise<Reflected>((resolve, reject) => {
    const stream = (
      client as unknown as Record<string, () => grpc.ClientDuplexStream<object, Reflected>>
    ).ServerReflectionInfo?.();
    if (stream === undefined) throw new Error('no reflection');
    stream.on('data', resolve);
    stream.on('error', reject);
    stream.write(question);
    stream.end();
  }).finally(() => client.close());
}

// A FileDescriptorSet of the files: field 1, length-delimited, for each.
function descriptorSet(files: readonly Buffer[]): Buffer {
  return Buffer.concat(
    files.flatMap((file) => {
      const length: number[] = [];
      for (let rest = file.length; ; rest = Math.floor(rest / 128)) {
        if (rest < 128) {
          length.push(rest);
          break;
        }
        length.push((rest % 128) + 128);
      }
      return [Buffer.from([0x0a, ...length]), file];
    }),
  );
}

test('grpc-js finds the services by reflection, and calls them', async ({ broker }) => {
  const listed = await reflect(broker.grpc, { listServices: '' });
  const names = (listed.listServicesResponse?.service ?? []).map(({ name }) => name);
  for (const name of [
    'EndpointService',
    'AlertService',
    'DirectoryService',
    'CatalogueService',
    'AccessService',
    'SystemService',
  ]) {
    expect(names).toContain(`wardcast.v1.${name}`);
  }
  expect(names).toContain('grpc.health.v1.Health');

  const described = await reflect(broker.grpc, {
    fileContainingSymbol: 'wardcast.v1.AlertService',
  });
  const files = described.fileDescriptorResponse?.fileDescriptorProto ?? [];
  const definition = loader.loadFileDescriptorSetFromBuffer(await withImports(broker.grpc, files), {
    enums: String,
    longs: String,
  });
  const Alerts = at(grpc.loadPackageDefinition(definition), 'wardcast.v1.AlertService');
  const client = new Alerts(broker.grpc, grpc.credentials.createInsecure());
  try {
    await expect(call(client, 'ListAlerts', {})).rejects.toMatchObject({
      code: grpc.status.UNAUTHENTICATED,
    });
    const published = await call(
      client,
      'PublishAlert',
      {
        alert: {
          kind: 'OUTAGE',
          severity: 'SEVERE',
          headline: 'Von grpc-js · 停止',
          services: ['pacs'],
          audience: { wards: ['4w'] },
        },
      },
      broker.token,
    );
    expect(published.alert).toMatchObject({ headline: 'Von grpc-js · 停止', state: 'ACTIVE' });
    const list = await call(client, 'ListAlerts', {}, broker.token);
    expect(list.alerts).toHaveLength(1);
  } finally {
    client.close();
  }
});

// What the first answer left out: imports that the broker did not send along.
async function withImports(address: string, files: readonly Buffer[]): Promise<Buffer> {
  const byContent = new Map(files.map((file) => [file.toString('base64'), file]));
  for (const symbol of [
    'google.protobuf.Timestamp',
    'google.protobuf.FieldMask',
    'wardcast.v1.Audience',
    'wardcast.v1.ZonedTime',
    'wardcast.v1.Alert',
    'wardcast.v1.WardAnswer',
    'wardcast.v1.AlertProgress',
  ]) {
    const more = await reflect(address, { fileContainingSymbol: symbol });
    for (const file of more.fileDescriptorResponse?.fileDescriptorProto ?? []) {
      byContent.set(file.toString('base64'), file);
    }
  }
  return descriptorSet([...byContent.values()]);
}

test('connect-node speaks gRPC to the gRPC door', async ({ broker }) => {
  const transport = createGrpcTransport({ baseUrl: `http://${broker.grpc}` });
  const version = await createClient(SystemService, transport).getVersion({});
  expect(version.logId).not.toBe('');
});

for (const useBinaryFormat of [false, true]) {
  test(`connect-web calls in ${useBinaryFormat ? 'binary' : 'JSON'}, and reads errors with their details`, async ({
    broker,
  }) => {
    const transport = createConnectTransport({ baseUrl: broker.url, useBinaryFormat });
    expect((await createClient(SystemService, transport).getHealth({})).ok).toBe(true);
    const alerts = createClient(AlertService, transport);
    const headers = { Authorization: `Bearer ${broker.token}` };
    const denied = await alerts.listAlerts({}).catch((error: unknown) => ConnectError.from(error));
    expect(denied).toMatchObject({ code: Code.Unauthenticated });
    const refused = await alerts
      .publishAlert({ alert: { headline: '', services: ['no-such-service'] } }, { headers })
      .catch((error: unknown) => ConnectError.from(error));
    expect(refused).toMatchObject({ code: Code.InvalidArgument });
    const details = (refused as ConnectError).findDetails(FieldViolationSchema);
    expect(details.length).toBeGreaterThan(0);
    expect(details[0]?.description).not.toBe('');
    expect((await alerts.listAlerts({}, { headers })).alerts).toEqual([]);
  });
}

test('ws subscribes, gets what is published, and its report is confirmed', async ({ broker }) => {
  const socket = new WebSocket(`ws://${broker.http}/ws`, 'wardcast.v1.json');
  type Frame = Record<string, Record<string, unknown> | undefined>;
  const frames: Frame[] = [];
  socket.on('message', (data) => frames.push(JSON.parse(String(data)) as Frame));
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  expect(socket.protocol).toBe('wardcast.v1.json');
  socket.send(JSON.stringify({ subscribe: { endpoint: { id: '4w-pc-01' }, aFieldOfTomorrow: 1 } }));
  await expect.poll(() => frames[0]?.subscribe?.synced).toBe(true);
  await broker.call('AlertService/PublishAlert', {
    alert: {
      kind: 'OUTAGE',
      severity: 'SEVERE',
      headline: 'Für ws',
      services: ['pacs'],
      audience: { wards: ['4w'] },
    },
  });
  const alert = () =>
    frames
      .flatMap(
        (frame) =>
          (frame.subscribe?.alerts as { alert: Record<string, unknown> }[] | undefined) ?? [],
      )
      .map((signed) => signed.alert)[0];
  await expect.poll(() => alert()?.headline).toBe('Für ws');
  const id = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
  const receipt = {
    id,
    alertId: alert()?.id,
    logId: alert()?.logId,
    round: 1,
    kind: 'DISPLAYED',
    at: new Date().toISOString(),
  };
  socket.send(
    JSON.stringify({ requestId: 'r1', report: { endpointId: '4w-pc-01', receipts: [receipt] } }),
  );
  await expect
    .poll(() => frames.find((frame) => (frame.requestId as unknown) === 'r1')?.report?.recordedIds)
    .toEqual([id]);
  const closed = new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));
  socket.send('this is no frame');
  expect(await closed).toBe(4400);
});

test('ws from a page of another origin is refused before the handshake', async ({ broker }) => {
  const socket = new WebSocket(`ws://${broker.http}/ws`, 'wardcast.v1.json', {
    origin: 'http://evil.example',
  });
  const failed = await new Promise<string>((resolve) =>
    socket.once('error', (error) => resolve(error.message)),
  );
  expect(failed).toContain('403');
});

test('curl publishes with one call, as the protocol’s example shows', async ({ broker }) => {
  const body = JSON.stringify({
    sourceKey: 'nagios/lab-results',
    alert: {
      kind: 'OUTAGE',
      severity: 'SEVERE',
      headline: 'Lab results not reaching the EHR',
      services: ['lab-results'],
      audience: { sites: ['main'] },
    },
  });
  const curl = async (...more: string[]) =>
    (await promisify(execFile)('curl', ['-sS', '-H', 'Content-Type: application/json', ...more]))
      .stdout;
  const url = `${broker.url}/wardcast.v1.AlertService/PublishAlert`;
  const token = `Authorization: Bearer ${broker.token}`;
  const first = JSON.parse(await curl('-H', token, url, '-d', body)) as { alert: { id: string } };
  const second = JSON.parse(await curl('-H', token, url, '-d', body)) as { alert: { id: string } };
  expect(second.alert.id).toBe(first.alert.id);
  const denied = await curl('-w', '\n%{http_code}', url, '-d', body);
  expect(denied).toContain('unauthenticated');
  expect(denied.trim().endsWith('401')).toBe(true);
});
