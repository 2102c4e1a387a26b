// Which names an app takes from a shaken package, however it writes its imports.
import { expect, test } from 'vitest';
import { type Parsed, parseFile } from '../../../../operator/src/codegen/checks/syntax.ts';
import { importedNames } from './shaken-modules.ts';

const parsed = (text: string): Parsed[] => [parseFile('src/App.tsx', text).parsed as Parsed];

test.each([
  ["import { Plus, Trash2 as Bin } from 'lucide-react'", ['Plus', 'Trash2']],
  ["import { type LucideIcon, X } from 'lucide-react'", ['X']],
  ["import type { LucideIcon } from 'lucide-react'", []],
  ["import * as icons from 'lucide-react'", ['*']],
  ["import all from 'lucide-react'", ['default']],
  ["export { Plus as Add } from 'lucide-react'", ['Plus']],
  ["export * from 'lucide-react'", ['*']],
  ["import { format } from 'date-fns'", []],
  ["import 'lucide-react'", []],
])('%s', (text, names) => expect([...importedNames(parsed(text), 'lucide-react')]).toEqual(names));
