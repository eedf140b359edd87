import type { HelpKind_ValueJson, Response_ValueJson } from '../../gen/wardcast/v1/answer_pb.ts';
import type { Key } from '../language/words.ts';

// The phrases for the contract's values on ward screens.

export const responseSaid: Record<Response_ValueJson, Key> = {
  UNSPECIFIED: 'saidSomething',
  PROCEDURE_STARTED: 'saidProcedureStarted',
  NOT_AFFECTED: 'saidNotAffected',
  NEED_HELP: 'saidNeedHelp',
  BACK_ENTRY_DONE: 'saidBackEntryDone',
  REAL_PROBLEM: 'saidRealProblem',
};

export const helpSaid: Record<Exclude<HelpKind_ValueJson, 'UNSPECIFIED'>, Key> = {
  FORMS_OR_PRINTER: 'saidForms',
  DOWNTIME_PC: 'saidDowntimePc',
  STAFF: 'saidStaff',
  CALL_ME: 'saidCallMe',
};
