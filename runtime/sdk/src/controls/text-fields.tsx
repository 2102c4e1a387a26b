// Fields for text: one line, many lines, and search. `onChange` gives the text, not the event.
import { Search, X } from 'lucide-react';
import { type ReactElement, useId } from 'react';
import { word } from '../words.ts';
import { Field, type FieldProps, fieldProps } from './field.tsx';

/** Properties of TextField. */
export interface TextFieldProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'email' | 'tel' | 'url' | 'password' | 'search';
  placeholder?: string;
  autoComplete?: string;
  minLength?: number;
  maxLength?: number;
  autoFocus?: boolean;
}

/** One line of text. */
export function TextField(props: TextFieldProps): ReactElement {
  const {
    value,
    onChange,
    type = 'text',
    placeholder,
    autoComplete,
    minLength,
    maxLength,
    autoFocus,
  } = props;
  return (
    <Field {...fieldProps(props)}>
      {(control) => (
        <input
          {...control}
          className="fb-input"
          type={type}
          value={value}
          placeholder={placeholder}
          autoComplete={autoComplete}
          minLength={minLength}
          maxLength={maxLength}
          // biome-ignore lint/a11y/noAutofocus: asked for by the app, for a form that the user just opened
          autoFocus={autoFocus}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** Properties of TextArea. */
export interface TextAreaProps extends FieldProps {
  value: string;
  onChange: (value: string) => void;
  rows?: number;
  placeholder?: string;
  maxLength?: number;
}

/** Many lines of text. */
export function TextArea(props: TextAreaProps): ReactElement {
  const { value, onChange, rows = 4, placeholder, maxLength } = props;
  return (
    <Field {...fieldProps(props)}>
      {(control) => (
        <textarea
          {...control}
          className="fb-input"
          rows={rows}
          value={value}
          placeholder={placeholder}
          maxLength={maxLength}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

/** Properties of SearchField. */
export interface SearchFieldProps {
  value: string;
  onChange: (value: string) => void;
  label?: string;
  placeholder?: string;
}

/** A search box with a button that empties it. */
export function SearchField({ value, onChange, label, placeholder }: SearchFieldProps): ReactElement {
  const id = useId();
  return (
    <div className="fb-search">
      <label className="fb-hidden" htmlFor={id}>
        {label ?? word('search')}
      </label>
      <Search size={16} aria-hidden className="fb-search-icon" />
      <input
        id={id}
        className="fb-input"
        type="search"
        value={value}
        placeholder={placeholder ?? `${word('search')}…`}
        onChange={(event) => onChange(event.target.value)}
      />
      {value !== '' && (
        <button
          type="button"
          className="fb-search-clear"
          aria-label={word('clear')}
          onClick={() => onChange('')}
        >
          <X size={16} aria-hidden />
        </button>
      )}
    </div>
  );
}
