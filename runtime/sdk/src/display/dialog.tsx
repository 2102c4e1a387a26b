// Dialogs on the browser's own <dialog>: focus stays inside, Escape closes, the page behind is inert. Closing by a click
// on the backdrop is left out on purpose: it loses what was typed.
import { X } from 'lucide-react';
import { type ReactElement, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button, IconButton } from '../controls/button.tsx';
import { word } from '../words.ts';

/** Properties of Dialog. */
export interface DialogProps {
  open: boolean;
  title: string;
  description?: string;
  onClose: () => void;
  footer?: ReactNode;
  size?: 'small' | 'medium' | 'large';
  children?: ReactNode;
}

/** A dialog; its content is there only while it is open, so that forms start anew. */
export function Dialog(props: DialogProps): ReactElement | null {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({
  title,
  description,
  onClose,
  footer,
  size = 'medium',
  children,
}: DialogProps): ReactElement {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal?.();
    // The browser focuses the close button, which comes first; in a form the first field is what one wants.
    dialog?.querySelector<HTMLElement>('.fb-dialog-body :is(input, select, textarea)')?.focus();
    return () => dialog?.close?.();
  }, []);
  return (
    <dialog
      ref={ref}
      className={`fb-dialog fb-dialog-${size}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="fb-dialog-head">
        <div>
          <h2 id={id}>{title}</h2>
          {description && <p className="fb-muted">{description}</p>}
        </div>
        <IconButton label={word('close')} icon={<X size={18} aria-hidden />} onClick={onClose} />
      </div>
      <div className="fb-dialog-body">{children}</div>
      {footer && <div className="fb-dialog-foot">{footer}</div>}
    </dialog>
  );
}

/** Properties of ConfirmDialog. */
export interface ConfirmDialogProps {
  open: boolean;
  title: string;
  message?: string;
  confirmLabel?: string;
  cancelLabel?: string;
  danger?: boolean;
  onConfirm: () => unknown;
  onClose: () => void;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog(props: ConfirmDialogProps): ReactElement | null {
  const { open, title, message, confirmLabel, cancelLabel, danger = false, onConfirm, onClose } = props;
  const [busy, setBusy] = useState(false);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    try {
      await onConfirm();
    } finally {
      setBusy(false);
      onClose();
    }
  };
  const footer = (
    <>
      <Button onClick={onClose} disabled={busy}>
        {cancelLabel ?? word('cancel')}
      </Button>
      <Button variant={danger ? 'danger' : 'primary'} busy={busy} onClick={() => void confirm()}>
        {confirmLabel ?? (danger ? word('delete') : word('yes'))}
      </Button>
    </>
  );
  return (
    <Dialog open={open} title={title} onClose={onClose} size="small" footer={footer}>
      {message && <p>{message}</p>}
    </Dialog>
  );
}
