// Fields for numbers, dates, choices and yes or no. Empty is null for a number and '' for the rest.
import { type ReactElement, useId } from 'react';
import { word } from '../words.ts';
import { Field, type FieldProps, fieldProps } from './field.tsx';

/** Properties of NumberField. */
export interface NumberFieldProps extends FieldProps {
  value: number | null;
  onChange: (value: number | null) => void;
  min?: number;
  max?: number;
  step?: number;
  unit?: string;
  placeholder?: string;
}

/** A number, with an optional unit beside it. */
export function NumberField(props: NumberFieldProps): ReactElement {
  const { value, onChange, min, max, step, unit, placeholder } = props;
  return (
    <Field {...fieldProps(props)}>
      {(control) => (
        <div className="fb-with-unit">
          <input
            {...control}
            className="fb-input"
            type="number"
            inputMode="decimal"
            value={value ?? ''}
            min={min}
            max={max}
            step={step ?? 'any'}
            placeholder={placeholder}
            onChange={(event) => onChange(event.target.value === '' ? null : event.target.valueAsNumber)}
          />
          {unit && (
            <span className="fb-unit" aria-hidden="true">
              {unit}
            </span>
          )}
        </div>
      )}
    </Field>
  );
}

/** Properties of DateField. */
export interface DateFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  time?: boolean;
  min?: string;
  max?: string;
}

/** A day as YYYY-MM-DD; with `time` a moment as YYYY-MM-DDTHH:mm. */
export function DateField(props: DateFieldProps): ReactElement {
  const { value, onChange, time = false, min, max } = props;
  return (
    <Field {...fieldProps(props)}>
      {(control) => (
        <input
          {...control}
          className="fb-input"
          type={time ? 'datetime-local' : 'date'}
          value={value.slice(0, time ? 16 : 10)}
          min={min}
          max={max}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** A choice: what is stored and what is shown. */
export interface Option {
  value: string;
  label: string;
}

/** Choices with value and label; a plain string is both. */
export function toOptions(options: readonly (string | Option)[]): Option[] {
  return options.map((one) => (typeof one === 'string' ? { value: one, label: one } : one));
}

/** Properties of Select. */
export interface SelectProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  options: readonly (string | Option)[];
  placeholder?: string;
}

/** One of several choices. A value that is no choice (an older document's) stays selectable. */
export function Select(props: SelectProps): ReactElement {
  const { value, onChange, placeholder } = props;
  const options = toOptions(props.options);
  const known = value === '' || options.some((one) => one.value === value);
  return (
    <Field {...fieldProps(props)}>
      {(control) => (
        <select
          {...control}
          className="fb-input"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        >
          {(value === '' || !props.required) && <option value="">{placeholder ?? word('choose')}</option>}
          {!known && <option value={value}>{value}</option>}
          {options.map((one) => (
            <option key={one.value} value={one.value}>
              {one.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Properties of Checkbox. */
export interface CheckboxProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  hint?: string;
  disabled?: boolean;
  name?: string;
}

/** Yes or no. */
export function Checkbox({ label, checked, onChange, hint, disabled, name }: CheckboxProps): ReactElement {
  const id = useId();
  return (
    <div className="fb-check">
      <input
        id={id}
        type="checkbox"
        name={name}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="fb-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
