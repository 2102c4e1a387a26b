// The words after `npm run up --`. Whatever is not an option is the prompt, quoted or not.
import { promptSchema } from '../../api/src/contract/project-requests.ts';

/** What was asked for. */
export type UpArguments = { readonly prompt?: string; readonly sampleData: boolean; readonly help: boolean };

/** What `--help` prints. */
export const upUsage = `npm run up -- [--sample-data] [PROMPT]

Makes the local cluster, or repairs it, and installs Faibric from this checkout. With a prompt it goes on to
create that app and waits until it answers.

  --sample-data   serve labelled sample values for stocks, crypto and weather instead of asking the internet

Settings: FAIBRIC_HTTP_PORT (80), FAIBRIC_IMAGES (auto, pull, build), FAIBRIC_CACHE, FAIBRIC_STATE, FAIBRIC_OWNER,
OPENAI_API_KEY, OPENAI_BASE_URL, FAIBRIC_MODEL.`;

/** Parses the words; an unknown option is an error that names it. */
export function parseUpArguments(words: readonly string[]): UpArguments {
  const options = words.filter((word) => word.startsWith('--'));
  const unknown = options.find((option) => !['--sample-data', '--help', '--'].includes(option));
  if (unknown !== undefined) throw new Error(`Unknown option ${unknown}.\n\n${upUsage}`);
  const prompt = words
    .filter((word) => !word.startsWith('--'))
    .join(' ')
    .trim();
  const refused = prompt === '' ? undefined : promptSchema.safeParse(prompt).error?.issues[0]?.message;
  // Said now, and not after the minutes that a first cluster takes.
  if (refused !== undefined) throw new Error(`The prompt cannot be used: ${refused}.`);
  return {
    sampleData: options.includes('--sample-data'),
    help: options.includes('--help'),
    ...(prompt === '' ? {} : { prompt }),
  };
}
