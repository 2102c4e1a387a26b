// What is shown instead of content: nothing there yet, something failed, still loading. Each says what can be done.
import { CircleAlert, Inbox, RefreshCw } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Button } from '../controls/button.tsx';
import { type AppError, errorText } from '../data/app-error.ts';
import { word } from '../words.ts';

/** Properties of EmptyState. */
export interface EmptyStateProps {
  title: string;
  description?: string;
  icon?: ReactNode;
  action?: ReactNode;
}

/** Nothing there yet. */
export function EmptyState({ title, description, icon, action }: EmptyStateProps): ReactElement {
  return (
    <div className="fb-state">
      <span className="fb-state-icon" aria-hidden="true">
        {icon ?? <Inbox size={22} />}
      </span>
      <p className="fb-state-title">{title}</p>
      {description && <p className="fb-muted">{description}</p>}
      {action}
    </div>
  );
}

/** Properties of ErrorState. */
export interface ErrorStateProps {
  error: AppError | Error | string;
  title?: string;
  onRetry?: () => void;
}

/** Something failed: what, and a way to try again. */
export function ErrorState({ error, title, onRetry }: ErrorStateProps): ReactElement {
  return (
    <div className="fb-state fb-state-error" role="alert">
      <span className="fb-state-icon" aria-hidden="true">
        <CircleAlert size={22} />
      </span>
      <p className="fb-state-title">{title ?? word('failed')}</p>
      <p className="fb-muted">{errorText(error)}</p>
      {onRetry && (
        <Button icon={<RefreshCw size={16} aria-hidden />} onClick={onRetry}>
          {word('retry')}
        </Button>
      )}
    </div>
  );
}

const COUNT = { lines: 3, cards: 3, table: 5, chart: 1 } as const;

/** Still loading: grey shapes of what will come. */
export function Loading({
  label,
  kind = 'lines',
  count,
}: {
  label?: string;
  kind?: 'lines' | 'cards' | 'table' | 'chart';
  count?: number;
}): ReactElement {
  const keys = Array.from({ length: count ?? COUNT[kind] }, (_, i) => `bone-${i}`);
  return (
    <div className={`fb-loading fb-loading-${kind}`} role="status">
      <span className="fb-hidden">{label ?? word('loading')}</span>
      {keys.map((key) => (
        <div key={key} className="fb-bone" aria-hidden="true" />
      ))}
    </div>
  );
}
