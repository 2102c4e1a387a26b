import type { Project } from '@faibric/api/contract';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { aProject, steps } from '../../../test/a-project.ts';
import { viewOf } from '../../lib/app-view.ts';
import { AppCard } from './app-card.tsx';

function render(overrides: Partial<Project>): string {
  return renderToStaticMarkup(
    <AppCard app={viewOf(aProject(overrides))} isNew={false} onDelete={() => {}} onData={() => {}} />,
  );
}

const href = 'href="http://me-planttracker-k3x9q2.localhost"';
const stalled = { reason: 'ValidationFailed', message: 'src/App.tsx:3 does not parse.' };

test.each<[string, Partial<Project>, boolean]>([
  ['a ready app has a way in', {}, true],
  [
    'an app in its build has none, although its address is known',
    { ready: false, steps: steps(3, 'running') },
    false,
  ],
  ['an app whose change failed keeps its way in', { stalled }, true],
  ['a suspended app has none', { suspended: true }, false],
  ['an app that is being deleted has none', { deleting: true }, false],
])('%s', (_name, overrides, wanted) => {
  expect(render(overrides).includes(href)).toBe(wanted);
});

test('a stalled app shows the message, the reason and the command that tells more', () => {
  const html = render({ ready: false, stalled });
  expect(html).toContain('src/App.tsx:3 does not parse.');
  expect(html).toContain('ValidationFailed');
  expect(html).toContain('kubectl describe faibricapp planttracker-k3x9q2');
});

test('what was left out is named', () => {
  expect(render({ limited: ['card payments', 'e-mail'] })).toContain('Not in the app: card payments; e-mail');
});

test('text of a stranger stays text', () => {
  expect(render({ title: '<img src=x onerror=alert(1)>' })).not.toContain('<img');
});
