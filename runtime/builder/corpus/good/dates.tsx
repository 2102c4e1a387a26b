import { addDays, differenceInCalendarDays, format, formatDistanceToNow, isAfter, parseISO, startOfWeek } from 'date-fns';
const start = parseISO('2026-01-15');
export default function App() {
  const end = addDays(start, 10);
  return <p>{format(end, 'PPP')} {differenceInCalendarDays(end, start)} {String(isAfter(end, start))} {formatDistanceToNow(start)} {format(startOfWeek(start), 'EEEE')}</p>;
}
