/** What requests to an operation of a service waited for, and how long their calls were on the network. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const TOLD = 12;

  class ServicePath extends sx.Page {
    async fetch(signal) {
      const operation = sx.state.get('operation');
      if (!operation) return null;
      return sx.api.get('services/' + encodeURIComponent(this.service.name) + '/critical-path', { ...sx.api.between(sx.state.range()), operation, limit: TOLD }, signal);
    }

    addressChanged(keys) {
      if (sx.state.get('tab') !== 'calls') return;
      if (!this.data || !keys.every((k) => k === 'kind' || k === 'sort')) this.reload();
    }

    skeleton() {
      return sx.state.get('operation') ? parts.skeleton(4) : null;
    }

    show(found) {
      if (!found) sx.put(this);
      else if (!found.requests) sx.put(this, h('section', { class: 'panel' }, this.head(found), h('p', { class: 'mute pad' }, t('service.path.none'))));
      else sx.put(this, this.path(found), this.network(found), parts.spansRead(found));
    }

    head(found) {
      const of = found.requests ? sx.tn('service.path.requests', found.requests) + ' ' + sx.tn('service.path.traces', found.traces) + ' · ' + t(found.all ? 'service.path.all' : 'service.path.sampled') : '';
      return h('div', { class: 'ph' }, h('h2', null, t('service.path')), h('span', { class: 'dim sm cut', title: t('service.path.hint') }, of), found.skipped > 0 && h('span', { class: 'row warn sm' }, sx.sign('warning', 12), sx.tn('service.path.skipped', found.skipped)),
        h('span', { class: 'sp' }), found.requests > 0 && [h('span', { class: 'dim sm' }, t('service.path.mean')), h('b', null, parts.value(sx.format.nanos(found.totalNanos / found.requests)))]);
    }

    path(found) {
      const list = found.otherNanos ? [...found.parts, { kind: 'other', service: '', hue: 0, name: t('service.path.other'), nanos: found.otherNanos, requests: null }] : found.parts;
      const share = (p) => (found.totalNanos ? p.nanos / found.totalNanos : 0);
      const told = (p) => this.label(p) + ' ' + sx.format.text(sx.format.share(share(p)));
      const bar = h('div', { class: 'pathbar', role: 'img', 'aria-label': list.map(told).join(', ') }, list.map((p) => h('i', { class: 'sw s' + sx.hue(p.hue) + (p.kind === 'network' ? ' net' : ''), style: 'flex-grow:' + share(p), title: told(p) })));
      const num = (value) => h('td', { class: 'num' }, parts.value(value));
      const row = (p) => h('tr', { 'data-part': p.kind + ' ' + p.name }, h('td', null, p.kind !== 'other' && h('span', { class: 'row' }, h('i', { class: 'sw s' + sx.hue(p.hue) + (p.kind === 'network' ? ' net' : '') }), h('span', { class: 'tag' }, t('service.path.kind.' + p.kind)))),
        h('td', { class: 'cut' }, p.service && parts.service(p.service, p.hue)), h('td', { class: 'cut', title: p.name }, this.spans(p)),
        num(sx.format.nanos(p.nanos / found.requests)), num(sx.format.share(share(p))), num(p.requests === null ? sx.format.share(null) : sx.format.share(p.requests / found.requests)));
      const columns = [['service.path.each', 104], ['trace.share', 80], ['service.path.in', 104]];
      return h('section', { class: 'panel', style: 'overflow:hidden' }, this.head(found), h('div', { class: 'pad' }, bar), h('table', { class: 'tbl d32' },
        h('thead', null, h('tr', null, h('th', { style: 'width:128px' }, t('service.kind')), h('th', { style: 'width:22%' }, t('service')), h('th', null, t('service.path.part')), columns.map(([key, width]) => h('th', { class: 'num', style: 'width:' + width + 'px' }, t(key))))), h('tbody', null, list.map(row))));
    }

    /** The part's name, a link to its spans where it is one's. */
    spans(p) {
      if (p.kind === 'span') return h('a', { class: 'link', href: sx.state.link('traces', { q: sx.service.query(p.service, [{ field: 'name', value: p.span }]) }) }, p.name || '—');
      return p.name || '—';
    }

    label(p) {
      if (p.kind === 'network') return t('service.path.to', p.service);
      return p.kind === 'own' ? t('service.path.kind.own') : (p.service + ' ' + p.name).trim();
    }

    network(found) {
      const rows = [...(found.callers ? [{ ...found.callers, before: true }] : []), ...found.callees];
      const num = (value) => h('td', { class: 'num' }, parts.value(value));
      const row = (n) => h('tr', { 'data-network': n.before ? 'callers' : n.service }, h('td', { class: 'cut' }, n.before ? t('service.net.callers') : h('span', { class: 'row' }, t('service.net.to'), parts.service(n.service, n.hue))),
        num(sx.format.count(n.calls)), num(sx.format.nanos(n.totalNanos / n.calls)), num(sx.format.nanos(n.p95Nanos)), num(sx.format.nanos(n.longestNanos)));
      return h('section', { class: 'panel', style: 'overflow:hidden' }, h('div', { class: 'ph' }, h('h2', null, t('service.net')), h('span', { class: 'dim sm cut', title: t('service.net.hint') }, t('service.net.hint'))), rows.length
        ? h('table', { class: 'tbl d32' }, h('thead', null, h('tr', null, h('th', null, t('service.net.way')), [t('trace.calls'), t('service.net.mean'), 'p95', t('trace.longest')].map((c) => h('th', { class: 'num', style: 'width:104px' }, c)))), h('tbody', null, rows.map(row)))
        : h('p', { class: 'mute pad' }, t('service.net.none')));
    }
  }

  sx.define('sx-service-path', ServicePath);
})();
