// Arrangement: a grid that loses columns as the screen gets narrow, a row that wraps, a column with even gaps.
import type { CSSProperties, ReactElement, ReactNode } from 'react';

type Gap = 'small' | 'medium' | 'large';

/** Children side by side in at most `columns` columns (default 3), fewer on small screens. */
export function Grid({
  columns = 3,
  children,
}: {
  columns?: 1 | 2 | 3 | 4;
  children?: ReactNode;
}): ReactElement {
  return (
    <div className="fb-grid" style={{ '--fb-columns': columns } as CSSProperties}>
      {children}
    </div>
  );
}

/** Properties of Row. */
export interface RowProps {
  gap?: Gap;
  align?: 'start' | 'center' | 'end' | 'between';
  children?: ReactNode;
}

/** Children in a row that wraps. */
export function Row({ gap = 'small', align = 'start', children }: RowProps): ReactElement {
  return <div className={`fb-row fb-gap-${gap} fb-align-${align}`}>{children}</div>;
}

/** Children one below the other. */
export function Stack({ gap = 'medium', children }: { gap?: Gap; children?: ReactNode }): ReactElement {
  return <div className={`fb-stack fb-gap-${gap}`}>{children}</div>;
}
