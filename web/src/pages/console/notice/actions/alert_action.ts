import type { DescMessage, DescMethodUnary, MessageJsonType } from '@bufbuild/protobuf';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useConsole } from '../../console_context.ts';
import { useRequestIds } from '../../request_ids.ts';

// One thing done to an alert: retried with the same request id, and what is shown is read again after.
export function useAlertAction<I extends DescMessage, O extends DescMessage>(
  alertId: string,
  method: DescMethodUnary<I, O>,
  done: () => void = () => {},
) {
  const { client } = useConsole();
  const queries = useQueryClient();
  const requests = useRequestIds();
  return useMutation({
    mutationFn: (input: object) =>
      client.call(method, {
        ...input,
        alertId,
        requestId: requests.idFor(input),
      } as unknown as MessageJsonType<I>),
    onSuccess: () => {
      requests.done();
      done();
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['alert', alertId] }),
        queries.invalidateQueries({ queryKey: ['alerts'] }),
      ]),
  });
}
