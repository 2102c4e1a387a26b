// Small schema pieces shared by both resources, and the CEL rule builder. A CRD takes only "structural"
// schemas, so: no unions, no `strictObject`, no `record` with key patterns; rules go into CEL instead.
import { z } from 'zod';

/** A CEL rule as Kubernetes writes it; the message says what to write instead. */
export interface CelRule {
  readonly rule: string;
  readonly message?: string;
  readonly messageExpression?: string;
  readonly fieldPath?: string;
  readonly reason?:
    | 'FieldValueInvalid'
    | 'FieldValueForbidden'
    | 'FieldValueRequired'
    | 'FieldValueDuplicate';
}

/** Metadata that puts CEL rules on a schema node. */
export const cel = (...rules: readonly CelRule[]): Record<string, unknown> => ({
  'x-kubernetes-validations': rules,
});

/** Metadata of a list that is merged by the given key fields. */
export const listMap = (...keys: readonly string[]): Record<string, unknown> => ({
  'x-kubernetes-list-type': 'map',
  'x-kubernetes-list-map-keys': keys,
});

/** Metadata key: what to say when the pattern of a string is not met (becomes a CEL rule). */
export const PATTERN_MESSAGE = 'x-faibric-pattern-message';

/** Metadata that answers a broken pattern with words instead of a regular expression. */
export const patternMessage = (message: string): Record<string, unknown> => ({ [PATTERN_MESSAGE]: message });

// Text a person wrote: everything but control characters (tab and newlines stay). NUL and escape
// sequences would reach logs, terminals and prompts.
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point
const NO_CONTROL = /^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above, and no line breaks either
const ONE_LINE = /^[^\x00-\x1f\x7f]*$/;

/** RFC 1123 label, the form of every part of an app's host. */
export const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** A prompt: 3 to 8,000 characters of text without control characters. */
export const prompt = (description: string) =>
  z
    .string()
    .min(3)
    .max(8000)
    .regex(NO_CONTROL)
    .meta({
      description,
      ...patternMessage('the text must not contain control characters other than tabs and line breaks'),
      ...cel({
        rule: 'self.trim().size() >= 3',
        message: 'say in at least 3 characters what the app is; spaces do not count',
      }),
    });

/** One line of shown text, at most `max` characters. */
export const line = (max: number, description: string) =>
  z.string().max(max).regex(ONE_LINE).meta({ description });

/** Free text, at most `max` characters. */
export const text = (max: number, description: string) => z.string().max(max).meta({ description });

/** A whole number in [min, max]. */
export const whole = (range: { min: number; max: number }, description: string) =>
  z.int().min(range.min).max(range.max).meta({ description });

/** An RFC 3339 time as Kubernetes writes it. */
export const time = (description: string) => z.string().meta({ description, format: 'date-time' });

/** One source file of an app; the path is relative to the project and always under `src/`. */
export const sourceFile = z.object({
  path: z
    .string()
    .min(6)
    .max(200)
    .regex(/^src\/([A-Za-z0-9_-]+\/)*[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.(ts|tsx|css)$/)
    .meta({
      description: 'Path under src/, for example src/App.tsx. Only .ts, .tsx and .css.',
      ...patternMessage('write a path under src/ of letters, digits, - and _ that ends in .ts, .tsx or .css'),
    }),
  content: z.string().max(204_800).meta({ description: 'The text of the file, at most 200 KB.' }),
});

/** Source files of one app: at most 40, 512 KiB together (etcd takes about 1.5 MiB per request). */
export const sourceFiles = (description: string) =>
  z
    .array(sourceFile)
    .min(1)
    .max(40)
    .meta({
      description,
      ...listMap('path'),
      ...cel({
        rule: 'self.map(f, size(f.content)).sum() <= 524288',
        message: 'the files are larger than 512 KiB together; move static content into a collection',
      }),
    });

/** One finding of a check on an app's source. */
export const diagnostic = z.object({
  check: z
    .enum(['limits', 'parse', 'imports', 'types', 'bundle', 'render'])
    .meta({ description: 'Which check found it.' }),
  code: text(100, 'Stable code of the finding, for example import_not_allowed.'),
  message: text(2000, 'What is wrong and, where known, what to write instead.'),
  file: text(300, 'File of the finding, under src/.').optional(),
  line: whole({ min: 1, max: 1_000_000 }, 'Line, from 1.').optional(),
  column: whole({ min: 1, max: 1_000_000 }, 'Column, from 1.').optional(),
});

/** One finding of a check on an app's source. */
export type Diagnostic = z.infer<typeof diagnostic>;
/** One source file of an app. */
export type SourceFile = z.infer<typeof sourceFile>;
