import { capital } from '../words.ts';

// What was done, in words; what is not listed reads as the method that was called.
const words: Record<string, string> = {
  'sign-in': 'Signed in',
  'sign-in-refused': 'Sign-in refused',
  'sign-out': 'Signed out',
  'break-glass': 'Break-glass used',
  'patient-data-reason': 'Said why a text is no patient data',
  'set-password': 'Password set',
  'set-password-refused': 'Password not set',
  'confirm-totp': 'Authenticator set up',
  confirm: 'Confirmed who it is',
  'confirm-refused': 'Not confirmed who it is',
  'directory-changed': 'Changed by the hospital’s directory',
  'directory-gone': 'Gone from the hospital’s directory',
  refused: 'Refused',
  'publish-alert': 'Notice sent',
  'update-alert': 'Notice updated',
  'postpone-alert': 'Planned work postponed',
  'approve-alert': 'Notice approved',
  'reject-alert': 'Notice returned to its author',
  'end-alert': 'Notice ended',
  'recall-alert': 'Notice recalled',
  'upsert-account': 'Account added or changed',
  'remove-account': 'Account removed',
  'make-password-link': 'One-time link made',
  'end-session': 'Session ended',
  'create-token': 'Token made',
  'revoke-token': 'Token revoked',
  'import-directory': 'Directory imported',
  'upsert-directory': 'Directory entries added or changed',
  'remove-from-directory': 'Directory entries removed',
  'upsert-catalogue': 'Catalogue entries added or changed',
  'remove-from-catalogue': 'Catalogue entries removed',
};

export function auditWord(what: string): string {
  return words[what] ?? capital(what.replaceAll('-', ' '));
}

// "2026-11-22 16:27:26" in UTC, to the second.
export function utcWords(at: string): string {
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
}
