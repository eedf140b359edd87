import {
  type DescMessage,
  type DescMethodUnary,
  fromJson,
  type MessageJsonType,
  toJson,
} from '@bufbuild/protobuf';
import { Code, ConnectError, type Transport } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-web';
import type { Browser } from '../browser.ts';
import { type Credential, headersOf } from './credential.ts';
import { problemOf } from './problem.ts';

const limit = 10_000;

// Unary calls in JSON. Rejects with what `problemOf` understands.
export class ConsoleClient {
  private readonly transport: Transport;
  private over = false;

  constructor(
    browser: Browser,
    readonly credential: Credential,
    // The credential is not valid any more. Later calls are not even sent.
    private readonly signedOut: () => void,
    // Asks the person once more who they are; true: they have shown it.
    private readonly confirm: () => Promise<boolean> = async () => false,
    // Nobody is at the page: the call is then no use of the session.
    private readonly unattended: () => boolean = () => false,
  ) {
    this.transport = createConnectTransport({
      baseUrl: browser.origin,
      useBinaryFormat: false,
      fetch: (input, init) => browser.fetch(String(input), init ?? {}),
    });
  }

  // The whole console holds messages in their proto3 JSON form, as they also come over the WebSocket.
  // A call that the broker answers only to people who have just shown who they are waits for that, and
  // is then made again as it was, request id included.
  async call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    input: MessageJsonType<I>,
  ): Promise<MessageJsonType<O>> {
    try {
      return await this.attempt(method, input);
    } catch (error) {
      if (problemOf(error).case !== 'unconfirmed' || !(await this.confirm())) throw error;
      return this.attempt(method, input);
    }
  }

  // One call and nothing around it: UNAUTHENTICATED is about what is sent, not about who sends it.
  async once<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    input: MessageJsonType<I>,
  ): Promise<MessageJsonType<O>> {
    if (this.over) throw new ConnectError('signed out', Code.Unauthenticated);
    const answer = await this.transport.unary(
      method,
      undefined,
      limit,
      headersOf(this.credential, this.unattended()),
      fromJson(method.input, input as never) as never,
    );
    return toJson(method.output, answer.message) as MessageJsonType<O>;
  }

  // The credential is not valid any more.
  end(): void {
    if (this.over) return;
    this.over = true;
    this.signedOut();
  }

  private async attempt<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    input: MessageJsonType<I>,
  ): Promise<MessageJsonType<O>> {
    try {
      return await this.once(method, input);
    } catch (error) {
      if (problemOf(error).case === 'signedOut') this.end();
      throw error;
    }
  }
}
