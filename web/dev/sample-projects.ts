// One app in each state that a card can show, for looking at the page.
import type { Project } from '@faibric/api/contract';

type State = Project['steps'][number]['state'];
const NAMES = ['analyze', 'generate', 'validate', 'build', 'deploy', 'route'] as const;

function ago(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString();
}

function railTo(done: number, then: State): Project['steps'] {
  const stateAt = (index: number): State => (index < done ? 'done' : index === done ? then : 'waiting');
  return NAMES.map((name, index) => ({
    name,
    state: stateAt(index),
    reason: null,
    message: '',
    since: null,
  }));
}

function project(id: string, title: string, overrides: Partial<Project>): Project {
  const host = `me-${title.toLowerCase().replaceAll(/[^a-z]/g, '')}-${id}.localhost`;
  return {
    id,
    name: `${title.toLowerCase().replaceAll(/[^a-z]/g, '')}-${id}`,
    title,
    owner: 'me',
    prompt: title,
    engine: 'builtin',
    phase: 'Ready',
    ready: true,
    suspended: false,
    deleting: false,
    type: 'list-manager',
    host,
    url: `http://${host}`,
    steps: railTo(6, 'done'),
    progress: null,
    stalled: null,
    limited: [],
    revision: 1,
    latestRevision: 1,
    pinned: null,
    changes: [],
    services: [],
    collections: ['messages', 'bookings'],
    tokens: 0,
    createdAt: ago(3600),
    ...overrides,
  };
}

/** Apps in every state, newest first. */
export function sampleProjects(): Project[] {
  return [
    project('b7x2p1', 'Market dashboard', {
      prompt: 'A live dashboard for AAPL, MSFT and TSLA with a chart',
      ready: false,
      revision: null,
      steps: railTo(3, 'running'),
      progress: { step: 'build', message: 'Building the image; then the pod starts', since: ago(2) },
      createdAt: ago(5),
    }),
    project('k3x9q2', 'Plant tracker', {
      prompt: 'A plant tracker with name, species, watering interval in days and last watered date',
      createdAt: ago(400),
    }),
    project('r0sa55', "Rosa's Pizzeria", {
      prompt: "A site for Rosa's pizzeria with menu, opening hours, a contact form and card payments",
      limited: ['card payments (an app that takes money needs a payment provider)'],
      tokens: 4210,
      createdAt: ago(8000),
    }),
    project('f4il01', 'Recipe box', {
      prompt: 'A recipe box with photos',
      ready: false,
      revision: null,
      steps: railTo(0, 'failed'),
      stalled: {
        reason: 'LLMUnauthorized',
        message:
          'The model refuses the key. Set a valid OPENAI_API_KEY, run npm run up, then ask for a retry.',
      },
      createdAt: ago(90_000),
    }),
    project('chng01', 'Team notes', {
      prompt: 'A notes app with title, text and tags, newest first',
      progress: { step: 'validate', message: 'Checking revision 2; revision 1 keeps serving', since: ago(1) },
      steps: railTo(2, 'running'),
      createdAt: ago(100_000),
    }),
  ];
}
