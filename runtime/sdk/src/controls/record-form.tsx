// A whole form from a list of fields, for the documents of a collection. Values have the type of their field: numbers
// are numbers, empty ones are null, so that sorting and sums work on what was saved.
import { type ReactElement, useState } from 'react';
import { Form } from './form.tsx';
import { TextArea, TextField } from './text-fields.tsx';
import { Checkbox, DateField, NumberField, type Option, Select } from './value-fields.tsx';

/** One field of a record. */
export interface RecordField {
  name: string;
  label: string;
  type:
    | 'text'
    | 'longtext'
    | 'number'
    | 'money'
    | 'date'
    | 'datetime'
    | 'boolean'
    | 'select'
    | 'email'
    | 'url'
    | 'phone';
  required?: boolean;
  options?: readonly (string | Option)[];
  unit?: string;
  placeholder?: string;
  hint?: string;
  min?: number;
  max?: number;
  step?: number;
  defaultValue?: string | number | boolean;
}

/** The values of a record by field. */
export type RecordValues = Record<string, string | number | boolean | null>;

/** Properties of RecordForm. */
export interface RecordFormProps {
  fields: readonly RecordField[];
  initial?: object;
  /** Resolve to null or false to keep what was typed. */
  onSubmit: (values: RecordValues) => unknown;
  submitLabel?: string;
  onCancel?: () => void;
  columns?: 1 | 2;
  resetOnSubmit?: boolean;
}

type Value = string | number | boolean | null;

function emptyOf(field: RecordField): Value {
  if (field.defaultValue !== undefined) return field.defaultValue;
  if (field.type === 'boolean') return false;
  return field.type === 'number' || field.type === 'money' ? null : '';
}

/** First values of a form: those of `initial` where they fit, else the fields' own. */
export function startValues(fields: readonly RecordField[], initial?: object): RecordValues {
  const from = (initial ?? {}) as Record<string, unknown>;
  const start = fields.map((field): [string, Value] => {
    const value = from[field.name];
    const fits = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return [field.name, fits ? value : emptyOf(field)];
  });
  return Object.fromEntries(start);
}

type Given<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** The properties that have a value; React's optional ones may be left out but not be undefined. */
const given = <T extends object>(values: T): Given<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Given<T>;

const INPUT: Readonly<Record<string, 'email' | 'url' | 'tel'>> = { email: 'email', url: 'url', phone: 'tel' };

interface ControlledField {
  field: RecordField;
  value: Value;
  onChange: (value: Value) => void;
}

function toNumber(value: Value): number | null {
  if (value === null || value === '' || typeof value === 'boolean') return null;
  return Number.isFinite(Number(value)) ? Number(value) : null;
}

function NumberControl({ field, value, onChange }: ControlledField): ReactElement {
  const { label, name, required, hint, placeholder, unit, min, max, step } = field;
  const options = given({ required, hint, placeholder, unit, min, max, step });
  return <NumberField label={label} name={name} {...options} value={toNumber(value)} onChange={onChange} />;
}

function CheckControl({ field, value, onChange }: ControlledField): ReactElement {
  const { label, name, hint } = field;
  return (
    <Checkbox label={label} name={name} {...given({ hint })} checked={value === true} onChange={onChange} />
  );
}

function TextControl({ field, value, onChange }: ControlledField): ReactElement {
  const { type, label, name, required, hint, placeholder } = field;
  const text = value === null ? '' : String(value);
  const common = { label, name, value: text, onChange, ...given({ required, hint }) };
  const shown = given({ placeholder });
  if (type === 'date' || type === 'datetime') return <DateField {...common} time={type === 'datetime'} />;
  if (type === 'select') return <Select {...common} {...shown} options={field.options ?? []} />;
  if (type === 'longtext') return <TextArea {...common} {...shown} />;
  return <TextField {...common} {...shown} type={INPUT[type] ?? 'text'} />;
}

function Control(controlled: ControlledField): ReactElement {
  const { type } = controlled.field;
  if (type === 'boolean') return <CheckControl {...controlled} />;
  return type === 'number' || type === 'money' ? (
    <NumberControl {...controlled} />
  ) : (
    <TextControl {...controlled} />
  );
}

/** A form for one record. */
export function RecordForm(props: RecordFormProps): ReactElement {
  const { fields, initial, onSubmit, resetOnSubmit = false, columns = fields.length > 4 ? 2 : 1 } = props;
  const [values, setValues] = useState(() => startValues(fields, initial));
  const submit = async (): Promise<void> => {
    const trimmed = Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.trim() : value,
    ]);
    const result = await onSubmit(Object.fromEntries(trimmed) as RecordValues);
    if (resetOnSubmit && result !== null && result !== false) setValues(startValues(fields));
  };
  const optional = {
    ...(props.submitLabel ? { submitLabel: props.submitLabel } : {}),
    ...(props.onCancel ? { onCancel: props.onCancel } : {}),
  };
  return (
    <Form onSubmit={submit} columns={columns} {...optional}>
      {fields.map((field) => (
        <div key={field.name} className={field.type === 'longtext' ? 'fb-wide' : undefined}>
          <Control
            field={field}
            value={values[field.name] ?? null}
            onChange={(value) => setValues((now) => ({ ...now, [field.name]: value }))}
          />
        </div>
      ))}
    </Form>
  );
}
