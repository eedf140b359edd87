import type { AlertJson } from '../../gen/wardcast/v1/alert_pb.ts';

// The alert of a template. One that cannot be read gives an empty notice: the person at the console
// then types what the template would have said.
export function templateAlert(json: string): AlertJson {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as AlertJson)
      : {};
  } catch {
    return {};
  }
}
