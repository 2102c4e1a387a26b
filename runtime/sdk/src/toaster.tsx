// Short messages at the edge of the page. One store for the page, so that `toast` works from anywhere, without a hook;
// the mounted page shows them. Errors stay until closed; the rest go after some seconds, unless the pointer is on them.
import { X } from 'lucide-react';
import { type ReactElement, useEffect, useState, useSyncExternalStore } from 'react';
import type { Tone } from './display/badge.tsx';

/** What a toast may carry. */
export interface ToastOptions {
  tone?: Tone;
  action?: { label: string; onSelect: () => void };
}

interface Entry extends ToastOptions {
  key: number;
  message: string;
}

/** Time on show, in milliseconds. */
const SHOWN = 5_000;
/** Most at once; the oldest goes. */
const MOST = 3;

let entries: readonly Entry[] = [];
let next = 1;
const listeners = new Set<() => void>();

function change(to: readonly Entry[]): void {
  entries = to;
  for (const listener of listeners) listener();
}

/** Shows a short message. The same message twice at once is shown once. */
export function toast(message: string, options: ToastOptions = {}): void {
  const others = entries.filter((one) => one.message !== message);
  change([...others, { ...options, message, key: next++ }].slice(-MOST));
}

const dismiss = (key: number): void => change(entries.filter((one) => one.key !== key));

function Message({ entry }: { entry: Entry }): ReactElement {
  const [held, setHeld] = useState(false);
  const stays = held || entry.tone === 'danger';
  useEffect(() => {
    if (stays) return;
    const timer = setTimeout(() => dismiss(entry.key), SHOWN);
    return () => clearTimeout(timer);
  }, [stays, entry.key]);
  const { action } = entry;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only holds the message on show
    <div
      className={`fb-toast fb-tone-${entry.tone ?? 'neutral'}`}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
    >
      <span className="fb-toast-text">{entry.message}</span>
      {action && (
        <button
          type="button"
          className="fb-toast-action"
          onClick={() => {
            dismiss(entry.key);
            action.onSelect();
          }}
        >
          {action.label}
        </button>
      )}
      <button
        type="button"
        className="fb-toast-close"
        aria-label="Dismiss"
        onClick={() => dismiss(entry.key)}
      >
        <X size={16} aria-hidden />
      </button>
    </div>
  );
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Where the messages appear; the page has one. */
export function Toaster(): ReactElement {
  const shown = useSyncExternalStore(subscribe, () => entries);
  return (
    <div className="fb-toaster" role="status" aria-live="polite">
      {shown.map((entry) => (
        <Message key={entry.key} entry={entry} />
      ))}
    </div>
  );
}
