// A number that matters, with its change. Rise and fall differ by arrow and sign, not by colour alone.
import { ArrowDownRight, ArrowUpRight, RefreshCw } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { IconButton } from '../controls/button.tsx';
import { formatPercent, formatTime } from '../format.ts';
import { word } from '../words.ts';

/** Properties of Stat; `change` is in per cent. */
export interface StatProps {
  label: string;
  value: ReactNode;
  unit?: string;
  change?: number | null;
  changeLabel?: string;
  hint?: string;
  icon?: ReactNode;
  loading?: boolean;
}

function Change({ change, label }: { change: number; label?: string | undefined }): ReactElement {
  const tone = change > 0 ? 'success' : change < 0 ? 'danger' : 'neutral';
  const Arrow = change < 0 ? ArrowDownRight : ArrowUpRight;
  return (
    <span className={`fb-change fb-tone-${tone}`}>
      {change !== 0 && <Arrow size={14} aria-hidden />}
      {formatPercent(change)}
      {label && <span className="fb-change-label"> {label}</span>}
    </span>
  );
}

/** A number that matters. */
export function Stat({
  label,
  value,
  unit,
  change,
  changeLabel,
  hint,
  icon,
  loading = false,
}: StatProps): ReactElement {
  return (
    <div className="fb-stat" aria-busy={loading || undefined}>
      <div className="fb-stat-label">
        {icon && <span aria-hidden="true">{icon}</span>}
        {label}
      </div>
      {loading ? (
        <div className="fb-bone fb-stat-bone" />
      ) : (
        <div className="fb-stat-value">
          {value}
          {unit && <span className="fb-stat-unit">{unit}</span>}
        </div>
      )}
      {(typeof change === 'number' || hint) && !loading && (
        <div className="fb-stat-foot">
          {typeof change === 'number' && <Change change={change} label={changeLabel} />}
          {hint && <span className="fb-muted">{hint}</span>}
        </div>
      )}
    </div>
  );
}

/** When values were fetched, with a button that fetches them again. */
export function UpdatedAt({
  time,
  onRefresh,
  busy = false,
}: {
  time: string | null;
  onRefresh?: () => void;
  busy?: boolean;
}): ReactElement {
  return (
    <span className="fb-updated">
      {time && (
        <span>
          {word('updated')} <time dateTime={time}>{formatTime(time)}</time>
        </span>
      )}
      {onRefresh && (
        <IconButton
          label={word('refresh')}
          icon={<RefreshCw size={15} aria-hidden className={busy ? 'fb-spin' : undefined} />}
          onClick={onRefresh}
          disabled={busy}
        />
      )}
    </span>
  );
}

/** How much of something is done. */
export function Progress({
  label,
  value,
  max = 100,
  showValue = true,
}: {
  label: string;
  value: number;
  max?: number;
  showValue?: boolean;
}): ReactElement {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div className="fb-progress">
      <div className="fb-progress-head">
        <span>{label}</span>
        {showValue && <span className="fb-muted">{Math.round(share * 100)}%</span>}
      </div>
      <div
        className="fb-progress-track"
        role="progressbar"
        aria-label={label}
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <div className="fb-progress-bar" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}
