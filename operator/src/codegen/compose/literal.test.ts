// Whatever a user wrote, the literal means exactly that text and cannot end early.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attribute, child, literal, quote } from './literal.ts';

const evaluated = (source: string): unknown => new Function(`return (${source});`)();

// Any sequence of UTF-16 code units, halves of characters included.
const anyText = fc.array(fc.nat(0xffff)).map((codes) => String.fromCharCode(...codes));

test('a quoted text is the text', () => {
  fc.assert(fc.property(anyText, (text) => evaluated(quote(text)) === text));
});

test('a printed value is the value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(evaluated(literal(value)))).toBe(JSON.stringify(value));
    }),
  );
});

test.each([
  ['Plants', 'title="Plants"'],
  ["Rosa's", 'title={"Rosa\'s"}'],
  ['say "hi"', `title={'say "hi"'}`],
  ['a {b}', "title={'a {b}'}"],
  ['a & b', "title={'a & b'}"],
  ['</script>', "title={'</script>'}"],
  ['\u202eevil', "title={'\\u{202e}evil'}"],
])('the attribute of %j is %s', (text, expected) => {
  expect(attribute('title', text)).toBe(expected);
});

test.each([
  ['Plants', 'Plants'],
  [' padded ', "{' padded '}"],
  ['<b>', "{'<b>'}"],
  ['', "{''}"],
])('the child of %j is %s', (text, expected) => {
  expect(child(text)).toBe(expected);
});
