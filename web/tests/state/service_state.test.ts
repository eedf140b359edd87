import { describe, expect, it } from 'vitest';
import {
  serviceState,
  serviceStateWords,
  statusSummary,
} from '../../src/state/life/service_state.ts';

describe('what a service stands at', () => {
  it('is never called up: nobody watches it', () => {
    expect(serviceState({ alertId: '' })).toBe('none');
    expect(serviceStateWords('none')).toBe('No known problem');
  });
  it('follows the kind of its notice', () => {
    expect(serviceState({ alertId: 'a', kind: 'OUTAGE' })).toBe('down');
    expect(serviceState({ alertId: 'a', kind: 'DEGRADED' })).toBe('degraded');
    expect(serviceState({ alertId: 'a', kind: 'INFORMATION' })).toBe('notice');
    expect(serviceState({ alertId: 'a', kind: 'PLANNED_DOWNTIME' })).toBe('down');
    expect(serviceStateWords('down', 'PLANNED_DOWNTIME')).toBe('Down, planned work');
  });
  it('is verified before it is in order again', () => {
    expect(serviceState({ alertId: 'a', kind: 'OUTAGE' }, { state: 'RECOVERING' })).toBe(
      'verifying',
    );
  });
});

describe('the summary', () => {
  it('counts problems, not information', () => {
    expect(statusSummary(['none', 'notice', 'none'])).toBe(
      'No known problem with any of 3 services',
    );
    expect(statusSummary(['down', 'none'])).toBe('1 of 2 services has a known problem');
    expect(statusSummary(['down', 'verifying', 'none'])).toBe(
      '2 of 3 services have a known problem',
    );
  });
});
