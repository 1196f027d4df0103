/** The log lines of a trace in time order, each beside the span that wrote it. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;

  class TraceLogs extends HTMLElement {
    show(data) {
      const { logs, tree } = data;
      if (!logs.lines.length) {
        sx.put(this, logs.failure ? parts.empty(t('state.failed'), logs.failure.message) : parts.empty(t('trace.noLogs'), t('trace.noLogs.hint')));
        return;
      }
      const all = h('a', { class: 'btn s', href: sx.state.link('logs', { traceId: tree.traceId, ...sx.traceAround(data) }) }, sx.icon('logs'), t('trace.openLogs'));
      const shown = logs.total > logs.lines.length ? t('trace.logsShown', logs.lines.length, sx.format.text(sx.format.count(logs.total))) : sx.tn('trace.logLines', logs.lines.length);
      sx.put(this, h('div', { class: 'ph' }, h('span', { class: 'mute sm' }, shown), h('span', { class: 'sp' }), all), h('div', { role: 'list' }, sx.lines.byTime(logs.lines).map((l) => this.row(l, tree))));
    }

    row(line, tree) {
      const node = line.spanId && tree.byId.get(line.spanId);
      const since = Number(BigInt(line.timeNanos) - BigInt(tree.start));
      return h('div', { class: 'lr tlr l-' + sx.lines.group(line.level), role: 'listitem' }, h('i'),
        h('span', { class: 'mono', title: sx.time.full(sx.time.ofNanos(line.timeNanos)) }, sx.time.exact(sx.time.ofNanos(line.timeNanos))),
        h('span', { class: 'num mono dim' }, (since < 0 ? '−' : '+') + sx.format.text(sx.format.nanos(Math.abs(since)))),
        h('span', { class: 'lv' }, (line.severityText || line.level || '').toUpperCase().slice(0, 5)), parts.service(line.service, line.hue),
        node ? h('a', { class: 'link cut', title: node.span.name, href: sx.state.link('trace/' + tree.traceId, { span: line.spanId }) }, node.span.name || line.spanId) : h('span', { class: 'dim' }, '—'),
        h('span', { class: 'cut mono', title: line.body }, line.body));
    }
  }

  sx.define('sx-trace-logs', TraceLogs);
})();
