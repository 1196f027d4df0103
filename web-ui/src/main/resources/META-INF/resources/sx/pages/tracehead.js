/** The head of a trace's page: its name, figures and ways to other pages. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const MINUTE = 60000;

  /** What is told of a trace as a whole, computed once. */
  sx.traceFacts = function (tree) {
    return {
      errors: tree.nodes.reduce((sum, n) => sum + (n.error ? 1 : 0), 0),
      depth: tree.nodes.reduce((most, n) => Math.max(most, n.depth + 1), 0),
      services: sx.tracestats.services(tree.nodes),
      database: tree.nodes.filter((n) => sx.tracestats.isDatabaseCall(n.span)).reduce((sum, n) => sum + n.duration, 0),
      complete: tree.roots.length === 1 && !tree.roots[0].orphan,
    };
  };

  /** The range a minute around a trace. */
  sx.traceAround = function ({ tree, startMillis }) {
    return { from: startMillis - MINUTE, to: startMillis + Math.ceil(tree.duration / 1e6) + MINUTE };
  };

  function fact(label, val, tone) {
    return h('div', { class: 'ft' }, h('span', { class: 'sm mute' }, label), h('b', { class: tone }, val));
  }

  function compareButton(data) {
    const button = h('button', { class: 'btn ghost', type: 'button', 'data-key': 'compare', title: t('tracediff.with'), 'aria-haspopup': 'dialog',
      onclick: () => sx.pickTrace(button, data, (id) => sx.state.go(sx.state.link('traces/compare', { a: data.tree.traceId, b: id }))) }, sx.icon('columns'), h('span', { class: 'wide' }, t('tracediff.with')));
    return button;
  }

  /** The head's rows. */
  sx.traceHead = function (data) {
    const { tree, logs, path, facts, startMillis } = data;
    const root = tree.roots[0];
    const first = sx.trace.pathByService(tree, path)[0];
    const status = root && (root.span.attributes || []).find((a) => a.key === 'http.response.status_code' || a.key === 'http.status_code');
    const number = (n) => sx.format.text(sx.format.count(n));
    return [
      h('div', { class: 'title' },
        h('a', { class: 'btn ghost sq', href: sx.state.link('traces'), title: t('nav.traces'), 'aria-label': t('nav.traces') }, sx.icon('left')),
        root && parts.chip(root.resource.service, root.resource.hue),
        h('h1', { class: 'cut', title: root && root.span.name }, root ? root.span.name || t('traces.noName') : '—'),
        root && root.error && h('span', { class: 'tag e' }, sx.sign('critical', 12), status ? parts.plain(status.value) : t('figure.error')),
        h('span', { class: 'mono dim cut hs' }, tree.traceId), parts.copyButton(tree.traceId, null, { class: 'btn ghost s sq', title: t('trace.copyId') }),
        h('span', { class: 'sp' }), compareButton(data),
        h('a', { class: 'btn ghost', href: sx.state.link('logs', { traceId: tree.traceId, ...sx.traceAround(data) }) }, sx.icon('logs'), t('nav.logs'), h('span', { class: 'cnt' }, number(logs.total))), parts.shareButton()),
      h('div', { class: 'fs' },
        fact(t('trace.start'), sx.time.full(startMillis) + '.' + String(startMillis % 1000).padStart(3, '0')),
        fact(t('figure.duration'), sx.format.text(sx.format.nanos(tree.duration))),
        fact(t('nav.services'), number(facts.services.length)), fact(t('trace.spans'), number(tree.nodes.length)),
        fact(t('trace.errors'), number(facts.errors), facts.errors ? 'err' : ''), fact(t('trace.depth'), number(facts.depth)),
        facts.database > 0 && fact(t('traces.database'), sx.format.text(sx.format.nanos(facts.database))),
        first && fact(t('trace.critical'), [h('span', { class: 'cut', title: first.service }, first.service + ' '), h('span', { class: 'err' }, sx.format.text(sx.format.share(first.share)))]),
        h('span', { class: 'sp' }), fact(t('trace.is'), facts.complete ? t('trace.complete') : h('span', { class: 'warn', title: t('trace.partial.hint') }, t('trace.partial')))),
    ];
  };
})();
