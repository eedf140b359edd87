import { Accordion, MultiSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Accordion.css';
import '@mantine/core/styles/Combobox.css';
import '@mantine/core/styles/Pill.css';
import '@mantine/core/styles/PillsInput.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/ScrollArea.css';
import '@mantine/core/styles/SegmentedControl.css';
import '@mantine/core/styles/FloatingIndicator.css';
import type { Severity_ValueJson } from '../../../../gen/wardcast/v1/alert_pb.ts';
import { type AudienceChoice, nextMoment } from '../../../../state/publish/notice_form.ts';
import { severityWord } from '../../../../state/words.ts';
import type { FieldsProps } from './fields_props.ts';
import { AlsoAffected, MayStillWork, useProposal } from './impact_proposal.tsx';
import { MomentField } from './moment_field.tsx';
import { MoreFields } from './more_fields.tsx';
import { placeOptions, serviceOptions } from './options.ts';

export function Fields(props: FieldsProps) {
  const { form, problems, change, directory } = props;
  const proposal = useProposal(props);
  const severities: Severity_ValueJson[] = ['MINOR', 'MODERATE', 'SEVERE'];
  if (form.kind === 'EMERGENCY' || form.kind === 'SECURITY') severities.push('EXTREME');
  return (
    <>
      <MultiSelect
        label="Which service?"
        data={serviceOptions(directory)}
        value={form.services}
        onChange={(services) => change({ services })}
        placeholder={form.services.length === 0 ? 'Type to search' : ''}
        searchable
        data-autofocus
        autoFocus={form.services.length === 0}
        maxValues={50}
        nothingFoundMessage="No such service"
        comboboxProps={{ transitionProps: { duration: 0 } }}
        error={problems.services}
      />
      <AlsoAffected {...proposal} />
      <TextInput
        label="Headline"
        description={count(props.headline)}
        value={form.headline}
        onChange={(event) => change({ headline: event.currentTarget.value })}
        error={problems.headline}
        maxLength={200}
      />
      <div className="grid-2">
        <MomentField label="Since or from" field="start" options={['now', 'at']} {...props} />
        <MomentField label="Next update" field="next" options={['in', 'at', 'none']} {...props} />
        <MomentField label="Expected back" field="end" options={['none', 'in', 'at']} {...props} />
        <MomentField label="Goes out" field="sendAt" options={['now', 'at']} {...props} />
      </div>
      <div className="field">
        <span className="label" id="severity-label">
          Severity
        </span>
        <SegmentedControl
          aria-labelledby="severity-label"
          data={severities.map((each) => ({ value: each, label: severityWord[each] }))}
          value={form.severity}
          transitionDuration={0}
          onChange={(value) => {
            const severity = value as Severity_ValueJson;
            change({
              severity,
              next:
                form.next.case === 'in' || form.next.case === 'none'
                  ? nextMoment(severity)
                  : form.next,
            });
          }}
        />
        {problems.severity === undefined ? null : (
          <span className="wrong">{problems.severity}</span>
        )}
      </div>
      <div className="field">
        <span className="label" id="audience-label">
          For whom
        </span>
        <SegmentedControl
          aria-labelledby="audience-label"
          data={[
            { value: 'services', label: 'Wards that use the service' },
            { value: 'places', label: 'Chosen places' },
            { value: 'everyone', label: 'Everyone' },
          ]}
          value={form.audience}
          transitionDuration={0}
          onChange={(value) => change({ audience: value as AudienceChoice })}
        />
      </div>
      {form.audience === 'places' ? (
        <MultiSelect
          label="Sites, buildings, wards, or all wards that use a service"
          data={placeOptions(directory)}
          value={form.places}
          onChange={(places) => change({ places })}
          placeholder={form.places.length === 0 ? 'Type to search' : ''}
          searchable
          limit={60}
          nothingFoundMessage="No such place"
          comboboxProps={{ transitionProps: { duration: 0 } }}
          error={problems.places}
        />
      ) : null}
      <Textarea
        label="Impact, one line"
        description="{service}, {start}, {end} and {next} in any text are filled in, and follow when times move."
        rows={2}
        value={form.impact}
        onChange={(event) => change({ impact: event.currentTarget.value })}
        error={problems.impact}
      />
      <div className="grid-2">
        <Textarea
          label="Do now, one step a line"
          rows={4}
          value={form.during}
          onChange={(event) => change({ during: event.currentTarget.value })}
          error={problems.during}
        />
        <Textarea
          label="Do not, one a line"
          rows={4}
          value={form.doNot}
          onChange={(event) => change({ doNot: event.currentTarget.value })}
          error={problems.doNot}
        />
      </div>
      <Textarea
        label="What still works, one item a line"
        rows={2}
        value={form.stillWorks}
        onChange={(event) => change({ stillWorks: event.currentTarget.value })}
        error={problems.stillWorks}
      />
      <MayStillWork {...props} {...proposal} />
      <Accordion variant="contained" transitionDuration={0}>
        <Accordion.Item value="more">
          <Accordion.Control>
            More: before and after, phones, downtime PC, binder, reason, back-entry, how it shows
          </Accordion.Control>
          <Accordion.Panel>
            <MoreFields {...props} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </>
  );
}

function count(headline: string): string {
  return `${[...headline].length} of at most 90 characters`;
}
