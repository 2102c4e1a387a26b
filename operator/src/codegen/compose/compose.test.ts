// Golden apps: the source of the three first prompts, byte for byte. To take a change over on purpose:
// UPDATE_GOLDEN=1 npx vitest run --project unit operator/src/codegen/compose
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readPrompt } from '../../engines/builtin/read-prompt.ts';
import { assemble } from '../../engines/plan/assemble.ts';
import { compose } from './compose.ts';

const PROMPTS = {
  plants: 'A plant tracker with name, species, watering interval in days and last watered date',
  stocks: 'A live dashboard for AAPL, MSFT and TSLA with a chart',
  pizzeria: "A site for Rosa's pizzeria with menu, opening hours and a contact form",
};

const printed = (files: Readonly<Record<string, string>>): string =>
  Object.keys(files)
    .sort()
    .map((path) => `===== ${path}\n${files[path]}`)
    .join('\n');

test.each(Object.entries(PROMPTS))('the app %s is composed as recorded', (name, prompt) => {
  const path = new URL(`./test/${name}.golden.txt`, import.meta.url);
  const now = printed(compose(assemble(readPrompt(prompt))));
  if (process.env.UPDATE_GOLDEN || !existsSync(path)) {
    mkdirSync(new URL('./test/', import.meta.url), { recursive: true });
    writeFileSync(path, now);
  }
  expect(now).toBe(readFileSync(path, 'utf8'));
});
