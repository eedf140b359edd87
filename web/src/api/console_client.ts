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

const limit = 10_000;

// Unary calls in JSON. Rejects with what `problemOf` understands.
export class ConsoleClient {
  private readonly transport: Transport;

  constructor(
    browser: Browser,
    readonly credential: Credential,
    private readonly signedOut: () => void,
  ) {
    this.transport = createConnectTransport({
      baseUrl: browser.origin,
      useBinaryFormat: false,
      fetch: (input, init) => browser.fetch(String(input), init ?? {}),
    });
  }

  // The whole console holds messages in their proto3 JSON form, as they also come over the WebSocket.
  async call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    input: MessageJsonType<I>,
  ): Promise<MessageJsonType<O>> {
    try {
      const answer = await this.transport.unary(
        method,
        undefined,
        limit,
        headersOf(this.credential),
        fromJson(method.input, input as never) as never,
      );
      return toJson(method.output, answer.message) as MessageJsonType<O>;
    } catch (error) {
      if (ConnectError.from(error).code === Code.Unauthenticated) this.signedOut();
      throw error;
    }
  }
}
