// A part of a page with a heading. Give it an id to link to it from the navigation.
import { type ReactElement, type ReactNode, useId } from 'react';

/** Properties of Section. */
export interface SectionProps {
  title?: string;
  description?: string;
  id?: string;
  icon?: ReactNode;
  actions?: ReactNode;
  tone?: 'plain' | 'tinted';
  children?: ReactNode;
}

/** A part of a page with a heading. */
export function Section({
  title,
  description,
  id,
  icon,
  actions,
  tone = 'plain',
  children,
}: SectionProps): ReactElement {
  const heading = useId();
  return (
    <section
      className={`fb-section fb-section-${tone}`}
      id={id}
      aria-labelledby={title ? heading : undefined}
    >
      {(title || actions) && (
        <div className="fb-section-head">
          <div className="fb-section-title">
            {title && (
              <h2 id={heading}>
                {icon}
                {title}
              </h2>
            )}
            {description && <p>{description}</p>}
          </div>
          {actions && <div className="fb-row">{actions}</div>}
        </div>
      )}
      {children}
    </section>
  );
}
