/** Which versions of a service answered calls, and since when. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;

  class ServiceVersions extends sx.Page {
    fetch(signal) {
      return sx.api.get('services/' + encodeURIComponent(this.service.name) + '/versions', sx.api.between(sx.state.range()), signal);
    }

    show(found) {
      const name = this.service.name;
      const at = (nanos) => h('td', { class: 'num' }, sx.time.full(sx.service.millis(nanos)));
      const link = (v) => sx.state.link('traces', { q: sx.service.query(name, [v.version ? { field: 'resource.service.version', value: v.version } : 'resource.service.version = nil']) });
      const row = (v) => h('tr', { 'data-version': v.version }, h('td', null, h('span', { class: 'row' }, h('a', { class: 'link cut', title: v.version, href: link(v) }, v.version || t('service.version.none')), v.isNew && h('span', { class: 'tag a' }, t('service.version.new')))),
        h('td', { class: 'num' }, parts.value(sx.format.count(v.spans))), h('td', { class: 'num' }, parts.value(sx.format.share(found.spans ? v.spans / found.spans : null))), at(v.firstNanos), at(v.lastNanos));
      sx.put(this, h('section', { class: 'panel', style: 'overflow:hidden' }, h('div', { class: 'ph' }, h('h2', null, t('service.versions')), h('span', { class: 'cnt' }, String(found.versions.length))), found.versions.length
        ? h('table', { class: 'tbl d32' }, h('thead', null, h('tr', null, h('th', null, t('services.version')), h('th', { class: 'num', style: 'width:104px' }, t('service.served')), h('th', { class: 'num', style: 'width:88px' }, t('trace.share')), ['service.first', 'service.last'].map((k) => h('th', { class: 'num', style: 'width:176px' }, t(k))))), h('tbody', null, found.versions.map(row)))
        : parts.empty(t('service.versions.none'), t('service.versions.none.hint'))), parts.spansRead(found));
    }
  }

  sx.define('sx-service-versions', ServiceVersions);
})();
