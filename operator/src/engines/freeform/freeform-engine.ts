// The freeform engine: a model plans and then writes the files, streamed. For a change or a repair it sees the files as
// they are and answers with those that change; a file that it does not name stays as it is.
import type { Blueprint } from '@faibric/crds';
import { analyzeByModel } from '../blueprint-engine.ts';
import type { Engine, GenerateInput, SourceFiles } from '../engine.ts';
import type { Model, ModelMessage } from '../model.ts';
import { generateFiles } from './generate-files.ts';
import { GENERATE_SYSTEM } from './system-prompt.ts';

const show = (files: SourceFiles): string =>
  Object.entries(files)
    .map(([path, text]) => `<file path="${path}">\n${text.trimEnd()}\n</file>`)
    .join('\n');

/** The plan in the few words that a writer needs. */
function planLines(plan: Blueprint): string {
  const collections = plan.collections.map(({ name, fields, access }) => {
    const list = fields.map(
      (field) => `${field.name} (${field.type}${field.unit ? ` in ${field.unit}` : ''})`,
    );
    const rules = Object.entries(access).map(([what, who]) => `${what} ${who}`);
    return `collection ${name}: ${list.join(', ')}; rules: ${rules.join(', ')}`;
  });
  const sections = plan.pages.flatMap((page) => page.sections.map((section) => section.kind));
  const theme = JSON.stringify(plan.theme);
  return [
    `title: ${plan.title}`,
    `language: ${plan.language}`,
    `theme: ${theme}`,
    ...collections,
    `sections: ${[...new Set(sections)].join(', ')}`,
  ].join('\n');
}

function taskOf(input: GenerateInput): string {
  const { diagnostics = [], rejected, previous, changes } = input;
  const last = changes.at(-1);
  if (rejected) {
    const faults = diagnostics
      .slice(0, 30)
      .map(({ file, line, message }) => `- ${file ?? 'app'}${line ? `:${line}` : ''}: ${message}`);
    return `These files were refused:\n${show(rejected)}\n\nFindings:\n${faults.join('\n')}\n\nAnswer with every file that must change, complete. Files you do not name stay as they are.`;
  }
  if (previous && last)
    return `The app as it is:\n${show(previous.files)}\n\nChange: ${last.prompt}\n\nChange only what this asks for. Answer with every file that must change or is new, complete. Files you do not name stay as they are.`;
  return 'Write the app.';
}

/** The conversation that leads to files. */
export function fileMessages(input: GenerateInput): ModelMessage[] {
  const wishes = [
    `The app: ${input.prompt}`,
    ...input.changes.map((change) => `Change asked for: ${change.prompt}`),
  ];
  const content = `${wishes.join('\n')}\n\nPlan:\n${planLines(input.analysis.blueprint)}\n\n${taskOf(input)}`;
  return [
    { role: 'system', content: GENERATE_SYSTEM },
    { role: 'user', content },
  ];
}

/** The engine that lets a model write. */
export const makeFreeformEngine = (model: Model): Engine => ({
  name: 'freeform',
  analyze: (input, io) => analyzeByModel('freeform', { model, input }, io),
  generate: (input, io) => {
    io.onProgress?.({ message: 'Asking the model for the files.' });
    const base = input.rejected ?? (input.changes.length > 0 ? input.previous?.files : undefined) ?? {};
    return generateFiles(model, { messages: fileMessages(input), base }, io);
  },
});
