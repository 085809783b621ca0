import { Button } from '@mantine/core';
import { type ReactNode, type SyntheticEvent, useId, useState } from 'react';
import { consoleApi } from '../../../shared/contract/console-api.ts';
import { province63, provinces63, unit34 } from '../../../shared/model/area.ts';
import { type Facility, FacilityKind } from '../../../shared/model/facility.ts';
import type { CallFailed, Request } from '../client.ts';
import { Card } from '../components/card.tsx';
import { DateField } from '../components/date-field.tsx';
import { FailureState } from '../components/states.tsx';
import { useText } from '../text/language.tsx';
import './facility-page.css';

type FacilityInput = Request<'registerFacility'>['body'];
type Values = {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly province: string;
  readonly commune: string;
  readonly address: string;
  readonly phone: string;
  readonly licenceNumber: string;
  readonly issuedOn: string;
  readonly validUntil: string;
  readonly status: string;
  readonly staffId: string;
  readonly pharmacistName: string;
  readonly certificateNumber: string;
};
type FieldName = keyof Values;

const empty: Values = {
  code: '',
  name: '',
  kind: 'pharmacy',
  province: '',
  commune: '',
  address: '',
  phone: '',
  licenceNumber: '',
  issuedOn: '',
  validUntil: '',
  status: 'valid',
  staffId: 'DS01',
  pharmacistName: '',
  certificateNumber: '',
};

/** Which field a path of the contract's schema belongs to. */
const fieldByPath: Readonly<Record<string, FieldName>> = {
  'licence.number': 'licenceNumber',
  'licence.issuedOn': 'issuedOn',
  'licence.validUntil': 'validUntil',
  'licence.status': 'status',
  'responsiblePharmacist.staffId': 'staffId',
  'responsiblePharmacist.name': 'pharmacistName',
  'responsiblePharmacist.certificateNumber': 'certificateNumber',
};

/** An entry of the register. The contract's own schema says what is wrong, before anything is sent. */
export function FacilityForm({
  facility,
  failure,
  isSaving,
  onSave,
  onCancel,
}: {
  readonly facility?: Facility;
  readonly failure: CallFailed | null;
  readonly isSaving: boolean;
  readonly onSave: (input: FacilityInput) => void;
  readonly onCancel: () => void;
}) {
  const text = useText();
  const [values, setValues] = useState(facility === undefined ? empty : valuesOf(facility));
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const field = (name: FieldName) => ({
    label: text.facilityForm.fields[name],
    value: values[name],
    error: wrong.has(name) ? text.facilityForm.wrong[name] : undefined,
    onChange: (value: string) => setValues({ ...values, [name]: value }),
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const input = inputOf(values);
    const parsed = consoleApi.registerFacility.body.safeParse(input);
    const paths = parsed.error?.issues.map((issue) => issue.path.join('.')) ?? [];
    setWrong(new Set(paths.map((path) => fieldByPath[path] ?? path)));
    if (parsed.success) onSave(parsed.data);
  };
  return (
    <form onSubmit={submit} noValidate className="stack">
      <FacilityPart field={field} province={values.province} />
      <LicencePart field={field} />
      <PharmacistPart field={field} />
      {wrong.size === 0 ? null : (
        <p role="alert" className="form-error">
          {text.facilityForm.checkFields}
        </p>
      )}
      {failure === null ? null : <FailureState failure={failure} />}
      <div className="row">
        <Button type="submit" loading={isSaving}>
          {text.facilityForm.save}
        </Button>
        <Button variant="default" onClick={onCancel}>
          {text.common.cancel}
        </Button>
      </div>
    </form>
  );
}

type FieldOf = (name: FieldName) => FieldProps;

function FacilityPart({ field, province }: { readonly field: FieldOf; readonly province: string }) {
  const text = useText();
  const unit = unit34(province63(province)?.unit34 ?? '');
  return (
    <Card title={text.facilityForm.facility}>
      <div className="form-grid">
        <Field {...field('name')} isWide />
        <Field {...field('code')} />
        <SelectField
          {...field('kind')}
          options={FacilityKind.options.map((kind) => [kind, text.facilityKinds[kind]])}
        />
        <SelectField
          {...field('province')}
          hint={unit === undefined ? undefined : text.facilityForm.unitHint(unit.name)}
          options={[
            ['', text.facilityForm.choose],
            ...provinces63.map((province) => [province.code, province.name] as const),
          ]}
        />
        <Field {...field('commune')} />
        <Field {...field('phone')} type="tel" />
        <Field {...field('address')} isWide />
      </div>
    </Card>
  );
}

function LicencePart({ field }: { readonly field: FieldOf }) {
  const text = useText();
  return (
    <Card title={text.facilities.licenceTitle}>
      <div className="form-grid">
        <Field {...field('licenceNumber')} />
        <SelectField
          {...field('status')}
          options={[
            ['valid', text.licenceStates.valid],
            ['suspended', text.licenceStates.suspended],
            ['withdrawn', text.licenceStates.withdrawn],
          ]}
        />
        <DayField {...field('issuedOn')} />
        <DayField {...field('validUntil')} hint={text.facilityForm.noEndHint} />
      </div>
    </Card>
  );
}

function PharmacistPart({ field }: { readonly field: FieldOf }) {
  const text = useText();
  return (
    <Card title={text.facilities.pharmacist}>
      <div className="form-grid">
        <Field {...field('pharmacistName')} />
        <Field {...field('certificateNumber')} />
        <Field {...field('staffId')} hint={text.facilityForm.staffHint} />
      </div>
    </Card>
  );
}

type FieldProps = {
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (value: string) => void;
  readonly hint?: string | undefined;
  readonly isWide?: boolean;
};

function Field({ type = 'text', ...props }: FieldProps & { readonly type?: string }) {
  return (
    <FieldFrame {...props}>
      {(described) => (
        <input
          className="input"
          type={type}
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
          {...described}
        />
      )}
    </FieldFrame>
  );
}

function DayField(props: FieldProps) {
  return (
    <FieldFrame {...props}>
      {({ id, ...described }) => (
        <DateField
          id={id}
          label={props.label}
          value={props.value}
          described={described}
          onChange={(day) => props.onChange(day ?? '')}
        />
      )}
    </FieldFrame>
  );
}

function SelectField({
  options,
  ...props
}: FieldProps & { readonly options: readonly (readonly [string, string])[] }) {
  return (
    <FieldFrame {...props}>
      {(described) => (
        <select
          className="input"
          value={props.value}
          onChange={(event) => props.onChange(event.target.value)}
          {...described}
        >
          {options.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </FieldFrame>
  );
}

function FieldFrame({
  label,
  error,
  hint,
  isWide,
  children,
}: Omit<FieldProps, 'value' | 'onChange'> & {
  readonly children: (described: {
    readonly id: string;
    readonly 'aria-invalid': boolean;
    readonly 'aria-describedby': string;
  }) => ReactNode;
}) {
  const fieldId = useId();
  const noteId = useId();
  return (
    <div className={isWide === true ? 'form-field form-wide' : 'form-field'}>
      <label htmlFor={fieldId}>{label}</label>
      {children({ id: fieldId, 'aria-invalid': error !== undefined, 'aria-describedby': noteId })}
      <span id={noteId} className={error === undefined ? 'faint small' : 'form-error'}>
        {error ?? hint}
      </span>
    </div>
  );
}

function valuesOf(facility: Facility): Values {
  const { licence, responsiblePharmacist } = facility;
  return {
    code: facility.code,
    name: facility.name,
    kind: facility.kind,
    province: facility.province,
    commune: facility.commune,
    address: facility.address,
    phone: facility.phone,
    licenceNumber: licence.number,
    issuedOn: licence.issuedOn,
    validUntil: licence.validUntil ?? '',
    status: licence.status,
    staffId: responsiblePharmacist.staffId,
    pharmacistName: responsiblePharmacist.name,
    certificateNumber: responsiblePharmacist.certificateNumber,
  };
}

/** What was typed in the shape of the contract, not yet checked. */
function inputOf(values: Values): unknown {
  return {
    code: values.code,
    name: values.name,
    kind: values.kind,
    province: values.province,
    commune: values.commune,
    address: values.address,
    phone: values.phone,
    licence: {
      number: values.licenceNumber,
      issuedOn: values.issuedOn,
      validUntil: values.validUntil === '' ? null : values.validUntil,
      status: values.status,
    },
    responsiblePharmacist: {
      staffId: values.staffId.trim().toUpperCase(),
      name: values.pharmacistName,
      certificateNumber: values.certificateNumber,
    },
  };
}
