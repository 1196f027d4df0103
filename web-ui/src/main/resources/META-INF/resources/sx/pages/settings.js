/** What the server says about itself; the choices above it are Flow's. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;

  class ServerStatus extends sx.Page {
    addressChanged(keys) {
      if (keys.includes('tick')) this.reload();
    }

    fetch(signal) {
      return sx.api.get('status', {}, signal);
    }

    show(status) {
      const count = (n) => sx.format.text(sx.format.count(n));
      const received = status.received || {};
      const disk = status.disk || {};
      const ports = Object.entries(status.ports || {}).map(([name, port]) => name + ' ' + port).join(', ');
      const rows = [
        [t('settings.version'), status.version], [t('settings.started'), sx.time.full(status.startedMillis)], [t('settings.tenant'), status.tenant], [t('settings.ports'), ports],
        [t('settings.spans'), count(received.spans)], [t('settings.samples'), count(received.samples)], [t('settings.lines'), count(received.lines)],
        [t('settings.disk'), sx.format.text(sx.format.bytes(disk.usableBytes))], [t('settings.data'), sx.format.text(sx.format.bytes(disk.dataBytes))],
      ];
      const refused = status.refused || [];
      sx.put(this, h('section', { class: 'panel sd' }, h('h2', null, t('settings.server')), parts.pairs(rows)),
        h('section', { class: 'panel sd' }, h('h2', null, t('settings.refused')), refused.length
          ? h('ul', { class: 'lg' }, refused.map((r) => h('li', null, h('span', { class: 'mono mute' }, sx.time.clock(r.timeMillis)), h('b', null, String(r.status)), h('span', { class: 'mono' }, r.path), h('span', { class: 'cut', title: r.reason }, r.reason))))
          : h('p', { class: 'mute' }, t('settings.refused.none'))));
    }
  }

  sx.define('sx-server-status', ServerStatus);
})();
