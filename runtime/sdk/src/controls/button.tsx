// Buttons. One that is busy keeps its width and cannot be pressed again; an icon alone always has a name.
import type { ReactElement, ReactNode } from 'react';

/** Properties of Button. With `href` it is a link that looks like a button. */
export interface ButtonProps {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger';
  size?: 'small' | 'medium' | 'large';
  icon?: ReactNode;
  busy?: boolean;
  disabled?: boolean;
  type?: 'button' | 'submit';
  href?: string;
  onClick?: () => void;
  label?: string;
  children?: ReactNode;
}

/** A button; default variant "secondary". */
export function Button(props: ButtonProps): ReactElement {
  const {
    variant = 'secondary',
    size = 'medium',
    icon,
    busy = false,
    disabled = false,
    type = 'button',
  } = props;
  const className = `fb-button fb-${variant} fb-size-${size}${busy ? ' fb-busy' : ''}`;
  const content = (
    <>
      {busy ? <span className="fb-spinner" aria-hidden="true" /> : icon}
      {props.children ?? props.label}
    </>
  );
  if (props.href) {
    const outside = /^https?:/.test(props.href) ? { target: '_blank', rel: 'noopener noreferrer' } : {};
    return (
      <a
        className={className}
        href={props.href}
        onClick={props.onClick}
        aria-label={props.children ? props.label : undefined}
        {...outside}
      >
        {content}
      </a>
    );
  }
  return (
    <button
      type={type}
      className={className}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      aria-label={props.children ? props.label : undefined}
      onClick={props.onClick}
    >
      {content}
    </button>
  );
}

/** Properties of IconButton. `pressed` makes it a toggle. */
export interface IconButtonProps {
  label: string;
  icon: ReactNode;
  onClick?: () => void;
  variant?: 'ghost' | 'secondary' | 'danger';
  disabled?: boolean;
  pressed?: boolean;
}

/** A button with an icon alone; `label` is its name and its tooltip. */
export function IconButton({
  label,
  icon,
  onClick,
  variant = 'ghost',
  disabled,
  pressed,
}: IconButtonProps): ReactElement {
  return (
    <button
      type="button"
      className={`fb-button fb-icon-button fb-${variant}`}
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      disabled={disabled}
      onClick={onClick}
    >
      {icon}
    </button>
  );
}
