import type {
  Kind_ValueJson,
  Phase_ValueJson,
  Severity_ValueJson,
} from '../../gen/wardcast/v1/alert_pb.ts';
import type { Key } from '../../state/language/words.ts';

// The phrases for the contract's values on ward screens.

export const severitySaid: Record<Severity_ValueJson, Key> = {
  UNSPECIFIED: 'caution',
  MINOR: 'notice',
  MODERATE: 'caution',
  SEVERE: 'warning',
  EXTREME: 'danger',
};

export const kindSaid: Record<Kind_ValueJson, Key> = {
  UNSPECIFIED: 'anyKind',
  PLANNED_DOWNTIME: 'plannedDowntime',
  OUTAGE: 'outage',
  DEGRADED: 'degraded',
  SECURITY: 'security',
  EMERGENCY: 'emergency',
  INFORMATION: 'information',
};

// Null: says no more than the kind does.
export const phaseSaid: Record<Phase_ValueJson, Key | null> = {
  UNSPECIFIED: null,
  ANNOUNCED: null,
  LOOKING_INTO_IT: 'lookingIntoIt',
  CONFIRMED: null,
  EXTENDED: 'takesLonger',
  POSTPONED: 'postponed',
  RESTORED_VERIFYING: 'restoredVerifying',
  ALL_CLEAR: 'phaseAllClear',
  BACK_ENTRY: 'phaseBackEntry',
};
