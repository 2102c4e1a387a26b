// Which test holds which claim of groups A, B and G: reads the names of all tests and makes docs/spec/claims.md. A claim's
// number stands at the start of a test's name, of a group's, or of a row of its table; elsewhere it counts for nothing.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

const root = join(import.meta.dirname, '..');
// Holds examples of names.
const OWN_TEST = 'hack/claims-index.test.ts';

/** How many claims each group has, by its letter. */
const GROUPS = {
  A: { title: 'API input', count: 23 },
  B: { title: 'isolation and auth', count: 18 },
  G: { title: 'gateway', count: 21 },
} as const;

const ALL = Object.entries(GROUPS).flatMap(([letter, { count }]) =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
);

// `'A3 A5 A6: …'`, `"B8: …"`, `'A20 to A22, B18: …'`: numbers, up to the colon or the first word.
const NAME = /(?:[([]|^)\s*['"`]((?:[ABG]\d{1,2}(?:,? (?:to )?|(?=[:'"` ])))+)/gm;

const numbersIn = (name: string): string[] => {
  const parts = [...name.matchAll(/([ABG])(\d+)(?: to [ABG](\d+))?/g)];
  return parts.flatMap(([, letter, first, last = first]) =>
    Array.from(
      { length: Number(last) - Number(first) + 1 },
      (_, index) => `${letter}${Number(first) + index}`,
    ),
  );
};

/** The claims that the text of a test file names. */
export const claimsIn = (text: string): Set<string> =>
  new Set([...text.matchAll(NAME)].flatMap(([, name = '']) => numbersIn(name)));

const findTests = async (): Promise<Map<string, string[]>> => {
  const patterns = ['*.test.ts', '*.test.tsx'];
  const { stdout } = await execa(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns],
    { cwd: root },
  );
  const found = new Map<string, string[]>();
  for (const path of stdout
    .split('\n')
    .filter(Boolean)
    .sort()
    .filter((name) => name !== OWN_TEST)) {
    const text = await readFile(join(root, path), 'utf8').catch(() => '');
    for (const claim of claimsIn(text)) found.set(claim, [...(found.get(claim) ?? []), path]);
  }
  return found;
};

const page = (found: ReadonlyMap<string, readonly string[]>): string => {
  const groups = Object.entries(GROUPS).map(([letter, { title }]) => {
    const rows = ALL.filter((claim) => claim.startsWith(letter)).map((claim) => {
      const files = (found.get(claim) ?? []).map((path) => `[${path}](../../${path})`);
      return `| ${claim} | ${files.join('<br>')} |`;
    });
    return `## ${letter}: ${title}\n\n| claim | tests |\n|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Claims and their tests\n\nMade by \`npm run generate\` from the names of the tests, and held by \`npm run check\`. Each row of a group is a
promise about bad input or a fault; the test that is named after it sends that input to the real thing and asserts the
result.\n\n${groups.join('\n')}`;
};

/** The page, and the claims that no test is named after. */
export const makeClaimsPage = async (): Promise<{ text: string; missing: string[] }> => {
  const found = await findTests();
  return { text: page(found), missing: ALL.filter((claim) => !found.has(claim)) };
};
