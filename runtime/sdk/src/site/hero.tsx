// The first thing on a site: its name or promise, a sentence, what to do next.
import type { ReactElement, ReactNode } from 'react';

/** Properties of Hero. */
export interface HeroProps {
  title: string;
  subtitle?: string;
  eyebrow?: string;
  icon?: ReactNode;
  actions?: ReactNode;
  align?: 'start' | 'center';
  tone?: 'plain' | 'tinted' | 'primary';
}

/** The first thing on a site. */
export function Hero({
  title,
  subtitle,
  eyebrow,
  icon,
  actions,
  align = 'start',
  tone = 'tinted',
}: HeroProps): ReactElement {
  return (
    <section className={`fb-hero fb-hero-${tone} fb-hero-${align}`}>
      {icon && (
        <span className="fb-hero-icon" aria-hidden="true">
          {icon}
        </span>
      )}
      {eyebrow && <p className="fb-eyebrow">{eyebrow}</p>}
      <h2>{title}</h2>
      {subtitle && <p className="fb-hero-text">{subtitle}</p>}
      {actions && <div className="fb-row fb-gap-small fb-hero-actions">{actions}</div>}
    </section>
  );
}

/** Properties of FeatureList. */
export interface FeatureListProps {
  items: readonly { title: string; description?: string; icon?: ReactNode }[];
  columns?: 1 | 2 | 3 | 4;
}

/** What an offer is made of, side by side. */
export function FeatureList({ items, columns = 3 }: FeatureListProps): ReactElement {
  return (
    <ul className="fb-grid fb-features" style={{ '--fb-columns': columns } as Record<string, number>}>
      {items.map((item) => (
        <li key={item.title} className="fb-feature">
          {item.icon && (
            <span className="fb-card-icon" aria-hidden="true">
              {item.icon}
            </span>
          )}
          <h3>{item.title}</h3>
          {item.description && <p>{item.description}</p>}
        </li>
      ))}
    </ul>
  );
}
