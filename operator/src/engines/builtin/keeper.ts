// Words for an app that keeps things: "plant tracker", "log of my runs". Part of patterns, in the singular.

/** Alternatives of a pattern. */
export const KEEPER =
  'tracker|tracking|log|logger|logbook|diary|journal|list|lists|manager|management|organi[sz]er|planner|inventory|collection|catalog(?:ue)?|database|register|registry|library|archive|board|app|crm|directory|record|records|tool|overview|dashboard|sheet|system|keeper|counter|book|wall|monitor|schedule|calendar|roster';
