/** Keys and values of a span, each to be copied, or searched for in all traces. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const FEW = 8;

  /** A part that folds. */
  function section(title, count, content, more) {
    return h('details', { open: true, class: 'hh' }, h('summary', null, sx.icon('down', 12), h('b', null, title), count !== null && h('span', { class: 'cnt' }, String(count)), h('span', { class: 'sp' }), more), content);
  }

  /** The query for traces that have the value; null for values the language has no literal for. */
  function search(scope, { key, value }) {
    const literal = typeof value === 'string' ? sx.traceql.quote(value) : typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
    return literal === null || value === '' ? null : '{ ' + sx.traceql.attribute(scope, key) + ' = ' + literal + ' }';
  }

  function row(scope, attribute) {
    const q = scope && search(scope, attribute);
    return [h('dt', { title: attribute.key }, attribute.key), h('dd', { class: 'mono' }, h('span', null, parts.shown(attribute.value)), h('span', { class: 'acts' },
      q && h('a', { class: 'btn ghost s sq', title: t('span.search'), 'aria-label': t('span.search') + ' ' + attribute.key, href: sx.state.link('traces', { q }) }, sx.icon('search', 12)),
      parts.copyButton(() => parts.plain(attribute.value), null, { class: 'btn ghost s sq', 'aria-label': t('action.copy') + ' ' + attribute.key })))];
  }

  function list(scope, attributes) {
    return h('dl', { class: 'kv' }, attributes.map((a) => row(scope, a)));
  }

  /** Attributes by what they belong to (span, resource, event; empty for what no query names), the first few at once. */
  function attributes(title, scope, all, dropped) {
    if (!all.length && !dropped) return null;
    const box = h('div', null, list(scope, all.slice(0, FEW)));
    if (all.length > FEW) {
      const more = h('button', { class: 'plain link sm', type: 'button' }, sx.tn('span.more', all.length - FEW));
      more.addEventListener('click', () => sx.put(box, list(scope, all), droppedNote(dropped)));
      box.append(more);
    }
    const note = droppedNote(dropped);
    if (note) box.append(note);
    return section(title, all.length, box);
  }

  function droppedNote(count) {
    return count ? h('p', { class: 'warn sm' }, sx.tn('span.dropped', count)) : null;
  }

  sx.spanFields = { section, attributes, list, droppedNote };
})();
