// A form that cannot be sent twice: while the promise of onSubmit runs, its buttons are busy. The browser checks
// required fields and formats first and says so in the user's language.
import { type FormEvent, type ReactElement, type ReactNode, useState } from 'react';
import { word } from '../words.ts';
import { Button } from './button.tsx';

/** Properties of Form. */
export interface FormProps {
  onSubmit: () => unknown;
  submitLabel?: string;
  onCancel?: () => void;
  cancelLabel?: string;
  columns?: 1 | 2;
  children?: ReactNode;
}

/** A form with its buttons. */
export function Form({
  onSubmit,
  submitLabel,
  onCancel,
  cancelLabel,
  columns = 1,
  children,
}: FormProps): ReactElement {
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      await onSubmit();
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="fb-form" onSubmit={(event) => void submit(event)}>
      <div className={`fb-form-fields fb-form-${columns}`}>{children}</div>
      <div className="fb-form-actions">
        <Button type="submit" variant="primary" busy={busy}>
          {submitLabel ?? word('save')}
        </Button>
        {onCancel && (
          <Button variant="ghost" onClick={onCancel} disabled={busy}>
            {cancelLabel ?? word('cancel')}
          </Button>
        )}
      </div>
    </form>
  );
}
