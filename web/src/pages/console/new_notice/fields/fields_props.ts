import type { FormProblems } from '../../../../state/publish/form_alert.ts';
import type { NoticeForm } from '../../../../state/publish/notice_form.ts';
import type { Directory } from '../../directory.ts';

// What the fields of a new notice share.
export interface FieldsProps {
  form: NoticeForm;
  problems: FormProblems;
  change: (part: Partial<NoticeForm>) => void;
  directory: Directory;
  zone: string;
  now: number;
  // When it goes out, as far as it is known.
  goesOut: number;
  // The headline with its blanks filled.
  headline: string;
}
