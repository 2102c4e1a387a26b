// The table of all problem codes for docs/reference/errors.md, made from the contract: which status each has, and which
// operations may answer with it.
import { OPERATIONS } from '../api/src/contract/operations/operations.ts';
import { PROBLEM_STATUS, type ProblemCode } from '../api/src/contract/problem.ts';
import { problemsOf } from '../api/src/openapi/common-problems.ts';

const answeredBy = (code: ProblemCode): string => {
  if (code === 'method_not_allowed') return 'every address, to a method that it has not';
  const ids = OPERATIONS.filter((operation) => problemsOf(operation).includes(code)).map(({ id }) => id);
  if (ids.length > OPERATIONS.length * 0.9) return 'every operation';
  return ids.length > 12 ? `${ids.length} operations` : ids.map((id) => `\`${id}\``).join(', ');
};

/** The page. */
export const makeErrorsPage = (): string => {
  const rows = (Object.keys(PROBLEM_STATUS) as ProblemCode[]).map(
    (code) => `| ${PROBLEM_STATUS[code]} | \`${code}\` | ${answeredBy(code)} |`,
  );
  return `# Errors

Made by \`npm run generate\` from the contract. Every error is a problem document (RFC 9457),
\`application/problem+json\`:

\`\`\`json
{"type": "urn:faibric:problem:invalid_query", "title": "Invalid query", "status": 400, "code": "invalid_query",
 "detail": "limit must be a whole number from 1 to 500.", "field": "limit"}
\`\`\`

Decide on \`code\`: it never changes its meaning. \`detail\` is a sentence for people; \`field\` names what it is about, when that is one thing.
429 and 503 carry \`Retry-After\` in seconds.

| status | code | answered by |
|---|---|---|
${rows.join('\n')}
`;
};
