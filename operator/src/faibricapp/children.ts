// Keeps the children of an app as they should be: makes them all, and asks to apply those that differ from what is
// there. Base children exist from the first reconcile, so that the route is warm when the image is ready.

import { findDrift } from '../runtime/drift.ts';
import type { Action, Child } from './actions.ts';
import type { Facts } from './facts.ts';
import { hostOfApp } from './host.ts';
import type { Plan } from './plan.ts';
import type { AppShape } from './resources/common.ts';
import { makeDeployment } from './resources/deployment.ts';
import { makeIngressRoute } from './resources/ingress-route.ts';
import { makeMiddleware } from './resources/middleware.ts';
import { makeNetworkPolicy } from './resources/network-policy.ts';
import { makeService } from './resources/service.ts';
import { makeServiceAccount } from './resources/service-account.ts';

const shapeOf = (facts: Facts): AppShape => {
  const { metadata, spec } = facts.app;
  return {
    name: metadata.name,
    namespace: metadata.namespace ?? '',
    uid: metadata.uid,
    appId: facts.appId,
    host: hostOfApp(facts),
    customHost: spec.host,
    replicas: spec.suspend ? 0 : spec.replicas,
  };
};

/** Every child that the app should have now. */
export const makeChildren = (facts: Facts, plan: Plan): Child[] => {
  const app = shapeOf(facts);
  const { systemNamespace, traefikNamespace, apiService, proxyMiddleware, deployDeadlineSeconds } =
    facts.settings;
  const base = [
    makeServiceAccount(app),
    makeNetworkPolicy(app, traefikNamespace),
    makeService(app),
    makeMiddleware(app),
    makeIngressRoute(app, { service: apiService, namespace: systemNamespace, proxyMiddleware }),
  ];
  const { serving } = plan;
  if (!serving?.status.image) return base;
  const served = {
    revision: serving.spec.number,
    image: serving.status.image,
    deadlineSeconds: deployDeadlineSeconds,
  };
  return [...base, makeDeployment(app, served)];
};

// Objects in a list carry no apiVersion and kind of their own.
const drifted = (child: Child, observed: object | undefined): boolean => {
  const { apiVersion: _version, kind: _kind, ...owned } = child;
  return findDrift(owned, observed) !== undefined;
};

/** Asks for every child that is missing or differs. `restored` tells drift by another hand from our own news. */
export const childActions = (facts: Facts, plan: Plan): Action[] =>
  makeChildren(facts, plan)
    .filter((child) => drifted(child, facts.children[child.kind]))
    .map((child) => ({ type: 'applyChild', child, restored: isRestored(facts, plan, child) }));

const isRestored = (facts: Facts, plan: Plan, child: Child): boolean => {
  const { app } = facts;
  const sameSpec = app.status.observedGeneration === app.metadata.generation;
  if (child.kind !== 'Deployment') return sameSpec && app.status.phase === 'Ready';
  return sameSpec && app.status.phase === 'Ready' && app.status.revision === plan.serving?.spec.number;
};
