import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const web = resolve(import.meta.dirname, '..');
const bin = resolve(web, process.env.WARDCAST_BIN ?? '../build/release/bin');
const demo = resolve(web, '../deploy/demo');
// The importer of a folder knows these names; other files there are not the broker's.
const imported =
  /^(sites|buildings|wards|endpoints|people|teams|services)\.csv$|^(procedures|templates)\.json$/;
const startLimit = 20_000;
const stopLimit = 20_000;

export interface BrokerOptions {
  // TLS, as a hospital runs it: nobody is anybody without a credential, and there is no admin.token.
  secure?: boolean;
  // Text of a configuration file.
  config?: string;
}

// A real broker with a data folder of its own on free ports, ended with the test.
export class Broker {
  readonly folder = mkdtempSync(join(tmpdir(), 'wardcast-web-e2e-'));
  private process: ChildProcess | null = null;
  private log = '';
  http = '127.0.0.1:0';
  grpc = '127.0.0.1:0';

  constructor(private readonly options: BrokerOptions = {}) {}

  get url(): string {
    return `${this.options.secure === true ? 'https' : 'http'}://${this.http}`;
  }

  get token(): string {
    return readFileSync(join(this.folder, 'admin.token'), 'utf8').trim();
  }

  // Starts it, the second time on the ports of the first.
  async start(): Promise<void> {
    const program = join(bin, 'wardcastd');
    if (!existsSync(program))
      throw new Error(`${program} is missing: build it, or set WARDCAST_BIN`);
    const listening = join(this.folder, 'listening.json');
    rmSync(listening, { force: true });
    const extra = this.options.secure === true ? [] : ['--insecure-loopback'];
    if (this.options.config !== undefined) {
      const file = join(this.folder, 'wardcast.toml');
      writeFileSync(file, this.options.config);
      extra.push('--config', file);
    }
    const child = spawn(
      program,
      [
        '--data-dir',
        this.folder,
        '--grpc-listen',
        this.grpc,
        '--http-listen',
        this.http,
        '--web-dir',
        join(web, 'dist'),
        ...extra,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.process = child;
    // It could not even be started, as while it is being linked anew: there is nothing to end later.
    child.once('error', (error) => {
      this.log += String(error);
      this.process = null;
    });
    child.stdout.on('data', (text) => (this.log += String(text)));
    child.stderr.on('data', (text) => (this.log += String(text)));
    const deadline = Date.now() + startLimit;
    for (;;) {
      if (this.process === null || child.exitCode !== null || Date.now() > deadline)
        throw new Error(`the broker did not start:\n${this.log}`);
      try {
        const ports = JSON.parse(readFileSync(listening, 'utf8')) as { http: string; grpc: string };
        this.http = ports.http;
        this.grpc = ports.grpc;
        // Written when the doors are open; its certificate is nobody's here to check.
        if (this.options.secure === true || (await fetch(`${this.url}/healthz`)).ok) return;
      } catch {
        // Not there yet.
      }
      await pause(50);
    }
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.process;
    this.process = null;
    if (child === null || child.exitCode !== null) return;
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), stopLimit);
    await gone;
    clearTimeout(late);
  }

  // Frozen it takes connections and answers nothing.
  freeze(): void {
    this.process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.process?.kill('SIGCONT');
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  // One Connect call in JSON: as the administrator, or as an endpoint, which has no token.
  async call<T = Record<string, unknown>>(method: string, body: object): Promise<T> {
    const who = method.startsWith('EndpointService/')
      ? null
      : { Authorization: `Bearer ${this.token}` };
    const response = await fetch(`${this.url}/wardcast.v1.${method}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...who },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method}: HTTP ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  // Runs `wardcast admin …` on this machine; what it says, on both streams.
  admin(...command: string[]): string {
    const ran = spawnSync(join(bin, 'wardcast'), ['admin', ...command, '--data-dir', this.folder], {
      encoding: 'utf8',
    });
    const said = `${ran.stdout}${ran.stderr}`;
    if (ran.status !== 0) throw new Error(`wardcast admin ${command.join(' ')}: ${said}`);
    return said;
  }

  // A token with which so many machines and browsers may enrol.
  enrollToken(uses = 1): string {
    const said = this.admin('enroll-token', '--uses', String(uses));
    const [, token = ''] = /#enroll=([0-9A-Za-z]+)&endpoint=/.exec(said) ?? [];
    if (token === '') throw new Error(`no address for browsers: ${said}`);
    return token;
  }

  async importDemo(): Promise<void> {
    const files = readdirSync(demo)
      .filter((name) => imported.test(name))
      .map((name) => ({ name, content: readFileSync(join(demo, name)).toString('base64') }));
    await this.call('DirectoryService/ImportDirectory', { files });
    // The import is answered after its commit; whom it concerns is matched anew from the log a moment
    // later.
    const deadline = Date.now() + startLimit;
    for (;;) {
      try {
        await this.call('AlertService/PreviewAudience', { audience: { wards: ['4w'] } });
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await pause(20);
      }
    }
  }
}
