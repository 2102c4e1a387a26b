// Values of documents as cells of a CSV file, and back. Spreadsheets run cells that begin like a formula, so such texts get
// an apostrophe in front, which they show as text; reading takes it away again, and both ways every text stays what it was.
// Formula injection: https://owasp.org/www-community/attacks/CSV_Injection
import { parseJsonText, survivesAsDouble } from '../http/parse-json.ts';

const RISKY = /^['=+\-@\t\r＝＋－＠]/;
const GUARDED = /^'['=+\-@\t\r＝＋－＠]/;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** A value as a cell: text as it is, lists and objects as JSON, nothing for null and what is missing. */
export const toCell = (value: unknown): string => {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return RISKY.test(value) ? `'${value}` : value;
  return JSON.stringify(value);
};

const asJson = (text: string): unknown => {
  try {
    return parseJsonText(text);
  } catch {
    return text;
  }
};

const infer = (cell: string): unknown => {
  if (cell === 'true' || cell === 'false') return cell === 'true';
  if (NUMBER.test(cell) && survivesAsDouble(cell)) return Number(cell);
  return /^[[{]/.test(cell) ? asJson(cell) : cell;
};

/** A cell as a value; undefined for an empty one. Without `types` every cell is text. */
export const fromCell = (cell: string, types: boolean): unknown => {
  if (cell === '') return undefined;
  if (GUARDED.test(cell)) return cell.slice(1);
  return types ? infer(cell) : cell;
};
