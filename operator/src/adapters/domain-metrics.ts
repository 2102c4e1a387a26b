// Faibric's own metrics: seconds per step, tokens, how steps end. Labels name steps, never apps: their number must
// not grow with the cluster.
import { Counter, Histogram, type Registry } from 'prom-client';
import type { DomainMetrics } from '../ports.ts';

const SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 20, 60, 120];

/** Registers the metrics. */
export const createDomainMetrics = (registry: Registry): DomainMetrics => {
  const registers = [registry];
  const steps = new Histogram({
    name: 'faibric_step_duration_seconds',
    help: 'Seconds that a step of making an app took.',
    labelNames: ['step', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const tokens = new Counter({
    name: 'faibric_model_tokens_total',
    help: 'Tokens sent to and received from models.',
    labelNames: ['step', 'direction'],
    registers,
  });
  return {
    step: (step, outcome, seconds) => steps.observe({ step, outcome }, seconds),
    tokens: (step, input, output) => {
      tokens.inc({ step, direction: 'input' }, input);
      tokens.inc({ step, direction: 'output' }, output);
    },
  };
};
