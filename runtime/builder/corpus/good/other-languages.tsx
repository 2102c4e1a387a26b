const größe = 42;
const имя = 'Анна';
const 名前 = '花子';
const words = { 'שלום': 'peace', 'مرحبا': 'hello', emoji: '👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'naïve café': 1 };
export default function App() {
  return <div lang="ar" dir="rtl"><p>{größe} {имя} {名前} {Object.keys(words).join(' ')}</p></div>;
}
