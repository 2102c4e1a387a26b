// Label, hint and error around any control, tied to it for assistive technology. The control is made by a function that
// gets the attributes it must carry.
import { type ReactElement, type ReactNode, useId } from 'react';
import { word } from '../words.ts';

/** What every field has. */
export interface FieldProps {
  label: string;
  hint?: string;
  error?: string;
  required?: boolean;
  disabled?: boolean;
  name?: string;
  hideLabel?: boolean;
}

/** What a control inside a Field must carry. */
export interface ControlProps {
  id: string;
  name?: string;
  required?: boolean;
  disabled?: boolean;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
}

/** The properties of a Field, out of those of a control that wraps one. */
export function fieldProps(props: FieldProps): FieldProps {
  const { label, hint, error, required, disabled, name, hideLabel } = props;
  const all = { label, hint, error, required, disabled, name, hideLabel };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined),
  ) as unknown as FieldProps;
}

/** A labelled control. */
export function Field(props: FieldProps & { children: (control: ControlProps) => ReactNode }): ReactElement {
  const { label, hint, error, required, disabled, name, hideLabel, children } = props;
  const id = useId();
  const notes = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  const control: ControlProps = {
    id,
    ...(name ? { name } : {}),
    ...(required ? { required } : {}),
    ...(disabled ? { disabled } : {}),
    ...(notes ? { 'aria-describedby': notes } : {}),
    ...(error ? { 'aria-invalid': true } : {}),
  };
  return (
    <div className="fb-field">
      <label htmlFor={id} className={hideLabel ? 'fb-hidden' : 'fb-label'}>
        {label}
        {required && (
          <span className="fb-required" title={word('required')} aria-hidden="true">
            *
          </span>
        )}
      </label>
      {children(control)}
      {hint && (
        <p className="fb-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="fb-field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
