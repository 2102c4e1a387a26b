import { useEffect, useState } from 'react';
export default function App() {
  const [wide, setWide] = useState(() => window.matchMedia('(min-width: 600px)').matches);
  const [online, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const query = window.matchMedia('(min-width: 600px)');
    const onChange = () => setWide(query.matches);
    query.addEventListener('change', onChange);
    const observer = new ResizeObserver(() => {});
    observer.observe(document.body);
    const seen = new IntersectionObserver(() => {});
    seen.observe(document.body);
    window.addEventListener('online', () => setOnline(true));
    document.title = 'Changed';
    window.scrollTo(0, 0);
    sessionStorage.setItem('a', '1');
    history.replaceState(null, '', '#x');
    return () => { query.removeEventListener('change', onChange); observer.disconnect(); seen.disconnect(); };
  }, []);
  return <p>{wide ? 'wide' : 'narrow'} {online ? 'on' : 'off'} {crypto.randomUUID().length} {new URLSearchParams(location.search).get('q')} {structuredClone({ a: 1 }).a}</p>;
}
