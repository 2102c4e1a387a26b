// An identity of its own for each app's pods, without any right and without a token: the namespace's default
// account may get rights from somebody, this one does not.
import type { Child } from '../actions.ts';
import { type AppShape, makeChild } from './common.ts';

/** The ServiceAccount of an app. */
export const makeServiceAccount = (app: AppShape): Child =>
  makeChild(
    app,
    { apiVersion: 'v1', kind: 'ServiceAccount', name: app.name },
    { automountServiceAccountToken: false },
  );
