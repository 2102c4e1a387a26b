// Tabs by the pattern of the ARIA authoring guide: arrow keys move, only the chosen tab is in the tab order.
import { type KeyboardEvent, type ReactElement, type ReactNode, useId, useState } from 'react';

/** One tab. */
export interface Tab {
  id: string;
  label: string;
  icon?: ReactNode;
  content: ReactNode;
}

const STEP: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

/** Content behind tabs. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }): ReactElement {
  const id = useId();
  const [chosen, setChosen] = useState(tabs[0]?.id ?? '');
  const current = tabs.find((tab) => tab.id === chosen) ?? tabs[0];
  const onKey = (event: KeyboardEvent): void => {
    const step = STEP[event.key];
    if (step === undefined || !current) return;
    const next = tabs[(tabs.indexOf(current) + step + tabs.length) % tabs.length];
    if (!next) return;
    setChosen(next.id);
    document.getElementById(`${id}-${next.id}`)?.focus();
  };
  return (
    <div className="fb-tabs">
      <div role="tablist" aria-label={label} className="fb-tablist" onKeyDown={onKey}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-${tab.id}`}
            aria-selected={tab === current}
            aria-controls={`${id}-panel`}
            tabIndex={tab === current ? 0 : -1}
            className="fb-tab"
            onClick={() => setChosen(tab.id)}
          >
            {tab.icon}
            {tab.label}
          </button>
        ))}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${current?.id ?? ''}`}
        className="fb-tabpanel"
      >
        {current?.content}
      </div>
    </div>
  );
}
