/** What the server knows for a place in TraceQL: attributes by scope and the values they have. Kept for a minute. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const KEPT = 60000;
  const DAY = 86400;
  const VALUES = 500;
  const cache = new Map();
  const COMPARE = { string: ['=', '!=', '=~', '!~'], keyword: ['=', '!='], number: ['=', '!=', '>', '>=', '<', '<='], duration: ['>', '>=', '<', '<=', '=', '!='] };
  const STEPS = ['rate()', 'count_over_time()', 'quantile_over_time(duration, 0.95)', 'histogram_over_time(duration)', 'max_over_time(duration)', 'avg_over_time(duration)', 'count() > ¦', 'avg(¦) > ', 'max(¦) > ', 'min(¦) > ', 'sum(¦) > ', 'by(¦)', 'select(¦)', 'coalesce()'];
  const JOINS = [['&&', 'both'], ['||', 'either'], ['>>', 'descendant'], ['>', 'child'], ['<<', 'ancestor'], ['<', 'parent'], ['~', 'sibling'], ['|', 'pipe']];

  /** The seconds asked about: the page's range, of a long one its last day. */
  function range() {
    const { from, to } = sx.state.range();
    const end = Math.ceil(to / 60000) * 60;
    return { start: Math.max(Math.floor(from / 60000) * 60, end - DAY), end };
  }

  /** An answer; what fails gives nothing and is asked anew the next time. */
  function ask(path, parameters, otherwise) {
    const all = { ...parameters, ...range() };
    const key = path + JSON.stringify(all);
    if (!cache.has(key)) {
      cache.set(key, sx.api.tempo(path, all).catch(() => {
        cache.delete(key);
        return otherwise;
      }));
      setTimeout(() => cache.delete(key), KEPT);
    }
    return cache.get(key);
  }

  async function fields() {
    const { scopes = [] } = await ask('v2/search/tags', {}, { scopes: [] });
    const attributes = scopes.filter((s) => s.name !== 'intrinsic').flatMap((s) => (s.tags || []).map((tag) => ({ text: sx.traceql.attribute(s.name, tag), kind: 'attribute', type: s.name, weight: s.name === 'span' ? 1 : s.name === 'resource' ? 2 : 3 })));
    const intrinsics = Object.entries(sx.traceql.intrinsics).map(([text, type]) => ({ text, kind: 'intrinsic', type: sx.t('complete.' + type), weight: text.includes(':') ? 4 : 0 }));
    return [...attributes, ...intrinsics];
  }

  async function values(place) {
    const type = sx.traceql.intrinsics[place.field];
    if (type === 'duration') return ['1ms', '10ms', '100ms', '500ms', '1s', '5s', '30s'].map((text, weight) => ({ text, kind: 'duration', weight }));
    const found = await ask('v2/search/tag/' + encodeURIComponent(place.field) + '/values', { q: place.around || undefined, limit: VALUES }, { tagValues: [] });
    const special = type ? [] : ['nil'];
    const known = (found.tagValues || []).map((v) => {
      if (v.type === 'string') return { text: v.value, literal: sx.traceql.quote(v.value), kind: 'value' };
      return { text: v.value, kind: v.type === 'keyword' || v.type === 'bool' ? 'keyword' : 'number' };
    });
    return [...known, ...special.map((text) => ({ text, kind: 'keyword', weight: 9 }))].filter((v) => !place.quoted || v.literal);
  }

  /** Everything that may stand at a place that sx.tracecomplete.at() found. */
  sx.traceWords = async function (place) {
    switch (place.kind) {
      case 'field':
        return fields();
      case 'value':
        return values(place);
      case 'operator': {
        const type = sx.traceql.intrinsics[place.field];
        return (COMPARE[type] || ['=', '!=', '>', '>=', '<', '<=', '=~', '!~']).map((text, weight) => ({ text, kind: 'operator', weight }));
      }
      case 'joining':
        return ['&&', '||'].map((text, weight) => ({ text, kind: 'joining', weight }));
      case 'next':
        return JOINS.map(([text, name], weight) => ({ text, kind: 'joining', type: sx.t('traces.join.' + name), weight }));
      case 'step':
        return STEPS.map((insert, weight) => ({ text: insert.replace(/\(.*/, '()'), insert, kind: 'step', weight }));
      default:
        return ['{ ¦ }', '{ resource.service.name = "¦" }', '{ status = error }', '{ duration > 1s }'].map((insert, weight) => ({ text: insert.replace('¦', '…'), insert, kind: 'spanset', weight }));
    }
  };
})();
