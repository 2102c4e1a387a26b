import { expect, test } from 'vitest';
import { reportOf } from './send.ts';

test('the log gets what an unexpected error is and where, and its text unless the database made it', () => {
  const own = reportOf(new TypeError('x is not a function'));
  expect(own).toMatchObject({ name: 'TypeError', reason: 'x is not a function' });
  expect(JSON.stringify(own)).toContain('send.test.ts');
  const database = Object.assign(new Error('invalid input syntax: "canary"'), {
    severity: 'ERROR',
    code: '22P02',
    detail: 'Key (email)=(canary) exists.',
  });
  expect(JSON.stringify(reportOf(database))).not.toContain('canary');
  expect(reportOf(database)).toMatchObject({ code: '22P02' });
  expect(reportOf('canary')).toEqual({ thrown: 'string' });
});
