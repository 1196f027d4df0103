/**
 * The languages a query box speaks: parts and errorPlace show the text, at, suggest and take complete it. Places whose
 * kind is eager are completed without being asked; before is what a word begins with that no candidate does.
 */
(function () {
  'use strict';
  const sx = globalThis.sx;

  sx.languages = {
    promql: {
      name: 'PromQL',
      placeholder: 'metrics.placeholder',
      parts: sx.query.parts,
      errorPlace: sx.query.errorPlace,
      at: sx.complete.at,
      suggest: sx.suggestions,
      take: sx.complete.take,
      before: '',
      eager: new Set(['label', 'value', 'grouping']),
      signs: { metric: '#', label: 'L', value: '"', function: 'ƒ', aggregation: 'Σ', keyword: 'K', duration: '◷' },
      goesOn: (place, choice) => place.kind === 'label' || choice.kind === 'keyword',
    },
    traceql: {
      name: 'TraceQL',
      placeholder: 'traces.placeholder',
      parts: sx.traceql.parts,
      errorPlace: sx.traceql.errorPlace,
      at: sx.tracecomplete.at,
      suggest: sx.traceWords,
      take: sx.tracecomplete.take,
      before: /^\./,
      eager: new Set(['field', 'operator', 'value', 'step']),
      signs: { attribute: '@', intrinsic: 'ƒ', value: '"', number: '#', keyword: 'K', duration: '◷', operator: '=', joining: '&', spanset: '{', step: '|' },
      goesOn: () => true,
    },
  };
})();
