import { Code, ConnectError } from '@connectrpc/connect';
import { FieldViolationSchema, Remedy_Value, RemedySchema } from '../gen/wardcast/v1/errors_pb.ts';

export interface Violation {
  // "alert.headline"
  field: string;
  description: string;
}

// What went wrong with a call, as far as a person can do something about it.
export type Problem =
  // The token is not, or no longer, valid.
  | { case: 'signedOut' }
  // The broker does not answer. It may or may not have done what was asked; asking again is safe.
  | { case: 'unreachable' }
  // Something typed is not right.
  | { case: 'fields'; message: string; violations: Violation[] }
  // Somebody else changed it meanwhile.
  | { case: 'changed'; message: string }
  | { case: 'missing'; message: string }
  // The broker wants to know once more who asks for this.
  | { case: 'unconfirmed' }
  // Refused: the message says why.
  | { case: 'refused'; message: string };

export function problemOf(error: unknown): Problem {
  const failure = ConnectError.from(error, Code.Unavailable);
  const message = failure.rawMessage;
  switch (failure.code) {
    case Code.Unauthenticated:
      return { case: 'signedOut' };
    case Code.Unavailable:
    case Code.DeadlineExceeded:
    case Code.Canceled:
    case Code.Unknown:
      return { case: 'unreachable' };
    case Code.InvalidArgument:
      return {
        case: 'fields',
        message,
        violations: failure
          .findDetails(FieldViolationSchema)
          .map(({ field, description }) => ({ field, description })),
      };
    case Code.Aborted:
      return { case: 'changed', message };
    case Code.NotFound:
      return { case: 'missing', message };
    case Code.FailedPrecondition: {
      const remedies = failure.findDetails(RemedySchema);
      return remedies.some(({ value }) => value === Remedy_Value.CONFIRM)
        ? { case: 'unconfirmed' }
        : { case: 'refused', message };
    }
    default:
      return { case: 'refused', message };
  }
}

export function problemWords(problem: Problem): string {
  switch (problem.case) {
    case 'signedOut':
      return 'You are not signed in any more. Sign in again; what you typed is kept.';
    case 'unreachable':
      return 'The broker does not answer. Nothing is lost; trying again does it once, not twice.';
    case 'changed':
      return 'Somebody changed this notice meanwhile. It is shown as it is now: look, then try again.';
    case 'unconfirmed':
      return 'This step asks once more who you are, and that was left. Nothing was done; what you typed is kept.';
    case 'fields':
    case 'missing':
    case 'refused':
      return problem.message;
  }
}
