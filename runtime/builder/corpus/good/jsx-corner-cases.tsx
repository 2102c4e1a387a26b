const props = { title: 'x', 'data-a': 1 };
const Tag = 'section';
export default function App() {
  return (
    <Tag {...props} aria-label="it's &amp; &quot;so&quot;">
      {[1, 2, 3].map((n) => <span key={n}>{n}{' '}</span>)}
      {false}{null}{undefined}{0 && 'never'}
      <>fragment &nbsp; &lt;b&gt;</>
      <input disabled value={`a${1}`} readOnly />
    </Tag>
  );
}
