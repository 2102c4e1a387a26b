// A framed piece of content, with an optional head and foot.
import type { ReactElement, ReactNode } from 'react';

/** Properties of Card. */
export interface CardProps {
  title?: string;
  description?: string;
  icon?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
}

/** A framed piece of content. */
export function Card({ title, description, icon, actions, footer, children }: CardProps): ReactElement {
  const hasHead = title || icon || actions;
  return (
    <div className="fb-card">
      {hasHead && (
        <div className="fb-card-head">
          {icon && (
            <span className="fb-card-icon" aria-hidden="true">
              {icon}
            </span>
          )}
          <div className="fb-card-title">
            {title && <h3>{title}</h3>}
            {description && <p>{description}</p>}
          </div>
          {actions && <div className="fb-row">{actions}</div>}
        </div>
      )}
      {!hasHead && description && <p className="fb-muted">{description}</p>}
      {children}
      {footer && <div className="fb-card-foot">{footer}</div>}
    </div>
  );
}
