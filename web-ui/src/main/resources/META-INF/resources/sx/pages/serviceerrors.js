/** A service's spans that failed or recorded an exception, grouped by exception and message. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;

  class ServiceErrors extends sx.Page {
    fetch(signal) {
      return sx.api.get('services/' + encodeURIComponent(this.service.name) + '/errors', sx.api.between(sx.state.range()), signal);
    }

    show(found) {
      const name = this.service.name;
      const head = h('div', { class: 'ph' }, h('h2', null, t('service.errors')), h('span', { class: 'cnt' }, sx.format.text(sx.format.count(found.spans))), h('span', { class: 'sp' }),
        h('a', { class: 'btn s ghost', href: sx.state.link('traces', { q: sx.service.query(name, ['status = error']) }) }, sx.icon('traces', 12), t('nav.traces')),
        h('a', { class: 'btn s ghost', href: sx.state.link('logs', { service: name, level: 'error' }) }, sx.icon('logs', 12), t('nav.logs')));
      const at = (nanos) => h('td', { class: 'num mute', title: sx.time.full(sx.service.millis(nanos)) }, sx.time.clock(sx.service.millis(nanos)));
      const row = (e) => h('tr', { 'data-error': e.type }, h('td', { class: 'num b' }, sx.format.text(sx.format.count(e.spans))), h('td', null, h('div', { class: 'cut' }, h('a', { class: 'link b', title: e.type, href: sx.state.link('traces', { q: sx.service.errorQuery(name, e.type) }) }, e.type || t('service.errors.untyped'))),
        h('div', { class: 'cut sm', title: e.message }, e.message || h('span', { class: 'dim' }, t('service.errors.noMessage'))), e.frame && h('div', { class: 'cut mono dim', title: e.frame }, e.frame)),
        h('td', { class: 'cut', title: e.operation }, e.operation), at(e.firstNanos), at(e.lastNanos), h('td', { class: 'num' }, h('a', { class: 'link', href: sx.state.link('trace/' + e.newest.traceId, { span: e.newest.spanId }) }, t('service.errors.example'))));
      sx.put(this, h('section', { class: 'panel', style: 'overflow:hidden' }, head, found.errors.length
        ? h('table', { class: 'tbl tall' }, h('thead', null, h('tr', null, h('th', { class: 'num', style: 'width:88px' }, t('service.errors.count')), h('th', null, t('service.errors.exception')), h('th', { style: 'width:22%' }, t('service.operation')),
            ['service.first', 'service.last', 'service.errors.trace'].map((k) => h('th', { class: 'num', style: 'width:96px' }, t(k))))), h('tbody', null, found.errors.map(row)))
        : parts.empty(t('service.errors.none'), t('service.errors.none.hint')),
      found.other > 0 && h('p', { class: 'mute sm pad' }, t('service.errors.other', sx.format.text(sx.format.count(found.other))))), parts.spansRead(found));
    }
  }

  sx.define('sx-service-errors', ServiceErrors);
})();
