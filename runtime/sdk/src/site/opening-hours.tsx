// Opening hours with today marked and a badge that says open or closed now, by the reader's clock. Hours that pass
// midnight ("18:00" to "02:00") belong to the day on which they begin.
import { type ReactElement, useEffect, useState } from 'react';
import { Badge } from '../display/badge.tsx';
import { pageLanguage, word } from '../words.ts';

/** The hours of one day; none means closed. Times are "HH:MM". */
export interface DayHours {
  day: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';
  hours: readonly { open: string; close: string }[];
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

const minutes = (time: string): number => {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
};

/** Whether a place is open at a moment. */
export function isOpenAt(days: readonly DayHours[], now: Date): boolean {
  const at = now.getHours() * 60 + now.getMinutes();
  const hoursOf = (weekday: number) => days.find((one) => one.day === DAYS[(weekday + 7) % 7])?.hours ?? [];
  const within = (open: number, close: number, time: number): boolean =>
    time >= open && time < (close <= open ? close + 1440 : close);
  const today = hoursOf(now.getDay()).some((one) => within(minutes(one.open), minutes(one.close), at));
  const sinceYesterday = hoursOf(now.getDay() - 1).some((one) =>
    within(minutes(one.open), minutes(one.close), at + 1440),
  );
  return today || sinceYesterday;
}

/** Name of a weekday in the page's language; 4 January 2026 is a Sunday. */
function dayName(day: DayHours['day']): string {
  const date = new Date(2026, 0, 4 + DAYS.indexOf(day));
  return date.toLocaleDateString(pageLanguage() ?? 'en', { weekday: 'long' });
}

/** Properties of OpeningHours; `labels` replaces names of days. */
export interface OpeningHoursProps {
  days: readonly DayHours[];
  note?: string;
  labels?: Partial<Record<string, string>>;
}

/** Opening hours. */
export function OpeningHours({ days, note, labels = {} }: OpeningHoursProps): ReactElement {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000);
    return () => clearInterval(timer);
  }, []);
  const open = isOpenAt(days, now);
  return (
    <div className="fb-card fb-hours">
      <Badge tone={open ? 'success' : 'neutral'}>{word(open ? 'openNow' : 'closedNow')}</Badge>
      <dl>
        {days.map((one) => (
          <div
            key={one.day}
            className={one.day === DAYS[now.getDay()] ? 'fb-hours-day fb-today' : 'fb-hours-day'}
          >
            <dt>{labels[one.day] ?? dayName(one.day)}</dt>
            <dd>
              {one.hours.length === 0
                ? word('closed')
                : one.hours.map((h) => `${h.open} – ${h.close}`).join(', ')}
            </dd>
          </div>
        ))}
      </dl>
      {note && <p className="fb-muted">{note}</p>}
    </div>
  );
}
