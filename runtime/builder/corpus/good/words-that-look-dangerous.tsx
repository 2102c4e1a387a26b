const books = ['JavaScript: The Good Parts', 'eval() considered harmful', 'process.env explained', 'innerHTML and you'];
const settings = { eval: true, constructor: 'yes', require: ['milk'], Function: 'f' };
const document_write = 'document.write is old';
export default function App() {
  const process = { env: 'kitchen' };
  const top = 10, parent = 'p', self = 's', name = 'n', status = 'ok', event = 'party', location = 'Rome';
  return <ul>{books.map((b) => <li key={b}>{b}</li>)}<li>{Object.keys(settings).join()} {document_write} {process.env} {top}{parent}{self}{name}{status}{event}{location}</li><li><a href="https://example.com/javascript:1">x</a></li></ul>;
}
