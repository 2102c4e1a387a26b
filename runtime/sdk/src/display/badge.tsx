// Small labels. SampleDataBadge is the visible mark that values are made up; every app that shows sample values has it.
import { FlaskConical } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { word } from '../words.ts';

/** What a colour means. */
export type Tone = 'neutral' | 'primary' | 'info' | 'success' | 'warning' | 'danger';

/** A small label. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children?: ReactNode }): ReactElement {
  return <span className={`fb-badge fb-tone-${tone}`}>{children}</span>;
}

/** The mark of made-up values; nothing when `show` is false. */
export function SampleDataBadge({ show = true }: { show?: boolean }): ReactElement | null {
  if (!show) return null;
  return (
    <span className="fb-badge fb-tone-warning" title={word('sampleHint')}>
      <FlaskConical size={13} aria-hidden />
      {word('sample')}
    </span>
  );
}
