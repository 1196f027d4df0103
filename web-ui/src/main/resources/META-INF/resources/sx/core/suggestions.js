/** What the server knows for a place in PromQL: names with their metadata, labels, values. Kept for a minute. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const KEPT = 60000;
  const NAMES = 20000;
  const VALUES = 1000;
  const HOUR = 3600;
  const cache = new Map();

  /** An answer's data; what fails gives nothing and is asked anew the next time. */
  function ask(path, parameters, otherwise) {
    const key = path + JSON.stringify(parameters);
    if (!cache.has(key)) {
      const recent = path === 'metadata' || path === 'features' ? {} : { start: Math.floor(Date.now() / 60000) * 60 - HOUR };
      cache.set(key, sx.api.prometheus(path, { ...parameters, ...recent }).then((answer) => answer.data).catch(() => {
        cache.delete(key);
        return otherwise;
      }));
      setTimeout(() => cache.delete(key), KEPT);
    }
    return cache.get(key);
  }

  function labels(selector) {
    return ask('labels', { 'match[]': selector || undefined, limit: VALUES }, []);
  }

  async function expression(place) {
    const [names, metadata, features] = await Promise.all([ask('label/__name__/values', { limit: NAMES }, []), ask('metadata', { limit: NAMES, limit_per_metric: 1 }, {}), ask('features', {}, {})]);
    const has = (group, name) => !features[group] || features[group][name] !== false;
    const signature = (kind, group) => ([name, text]) => has(group, name) && { text: name, kind: kind === 'aggregation' ? 'function' : kind, type: sx.t('complete.' + kind), help: text, code: true, weight: sx.promql.common.has(name) ? 1 : 2 };
    const metrics = names.map((name) => {
      const known = sx.complete.about(metadata, name);
      return { text: name, kind: 'metric', type: known ? known.type : '', help: known ? known.help : '' };
    });
    return [...metrics, ...[...sx.promql.aggregations].map(signature('aggregation', 'promql_operators')), ...[...sx.promql.functions].map(signature('function', 'promql_functions'))].filter(Boolean);
  }

  /** Everything that may stand at a place that sx.complete.at() found. */
  sx.suggestions = async function (place) {
    const of = (kind) => (text) => ({ text, kind });
    switch (place.kind) {
      case 'label':
      case 'grouping': {
        const found = await labels(place.selector);
        return found.filter((name) => name !== '__name__' && !place.taken.includes(name)).map(of('label'));
      }
      case 'value':
        return (await ask('label/' + encodeURIComponent(place.label.replace(/^"|"$/g, '')) + '/values', { 'match[]': place.selector || undefined, limit: VALUES }, [])).map(of('value'));
      case 'duration':
        return sx.promql.durations.map((text, weight) => ({ text, kind: 'duration', weight }));
      case 'joining':
        return (place.aggregation ? ['by', 'without'] : sx.promql.joining).map(of('keyword'));
      default:
        return expression(place);
    }
  };
})();
