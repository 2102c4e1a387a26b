const lines = 'one\ntwo\t"three"\\';
const html = `<script>alert("${'no'}")</script>`;
const nested = `a ${`b ${'c'} }`} { $ {`;
const imports = "import x from 'left-pad'; export default y";
const raw = String.raw`\n ${1 + 1}`;
export default function App() {
  return <pre>{lines}{html}{nested}{imports}{raw}</pre>;
}
