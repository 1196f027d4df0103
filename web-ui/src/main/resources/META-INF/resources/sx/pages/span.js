/** One span: figures, attributes, exception, events, links, and its log lines. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const FEW = 8;
  const FRAMES = 6;

  class Span extends HTMLElement {
    show(data, node) {
      if (this.node === node && this.firstChild) return;
      this.node = node;
      const { span, resource } = node;
      const close = () => this.dispatchEvent(new CustomEvent('sx-close'));
      const logs = data.logs.lines.filter((l) => l.spanId === span.spanId);
      const figure = (label, value) => h('span', null, h('span', { class: 'mute' }, label), h('b', null, value));
      const critical = sx.trace.onPath(data.path, node) / (data.tree.duration || 1);
      sx.put(
        this,
        h('div', { class: 'ph' }, parts.chip(resource.service, resource.hue), h('h2', { class: 'cut', title: span.name }, span.name), h('span', { class: 'sp' }),
          parts.copyButton(() => location.href, null, { class: 'btn ghost s sq', title: t('action.share') }),
          h('button', { class: 'btn ghost s sq', type: 'button', 'aria-label': t('action.close'), onclick: close }, sx.icon('close'))),
        h('div', { class: 'dtb' },
          h('div', { class: 'fx' }, figure(t('trace.start'), '+' + sx.format.text(sx.format.nanos(node.start))), figure(t('figure.duration'), sx.format.text(sx.format.nanos(node.duration))),
            figure(t('trace.self'), sx.format.text(sx.format.nanos(node.self))), figure(t('trace.onPath'), sx.format.text(sx.format.share(critical)))),
          this.tags(node),
          span.statusMessage && h('p', { class: 'err sm' }, span.statusMessage),
          this.attributes('span.attributes', span.attributes, span.dropped && span.dropped.attributes),
          (span.events || []).filter((e) => e.name === 'exception').map((e) => this.exception(e, node)),
          this.events((span.events || []).filter((e) => e.name !== 'exception'), span, data.tree),
          this.links(span.links || []),
          this.logs(logs, data, node),
          this.attributes('span.resource', resource.attributes),
          this.foot(data, node)),
      );
      this.querySelector('.dtb').scrollTop = 0;
    }

    skew(nanos) {
      const by = sx.format.text(sx.format.nanos(Math.abs(nanos)));
      return h('span', { class: 'tag w', title: t('span.skew.hint') }, t(nanos > 0 ? 'span.skew.later' : 'span.skew.earlier', by));
    }

    tags({ span, resource, error, orphan }) {
      const of = (key) => ((resource.attributes || []).find((a) => a.key === key) || {}).value;
      const version = of('service.version');
      const host = of('k8s.pod.name') || of('host.name') || of('service.instance.id');
      return h('div', { class: 'row tags' }, error && h('span', { class: 'tag e' }, sx.sign('critical', 12), t('figure.error')),
        h('span', { class: 'tag' }, t('kind.' + (span.kind || 'unspecified'))),
        h('a', { class: 'tag', href: sx.state.link('services/' + encodeURIComponent(resource.service)) }, resource.service + (version ? ' ' + parts.plain(version) : '')),
        host && h('span', { class: 'tag cut', title: parts.plain(host) }, parts.plain(host)),
        span.skewNanos ? this.skew(span.skewNanos) : null,
        orphan && h('span', { class: 'tag w', title: t('trace.partial.hint') }, t('span.orphan')));
    }

    section(title, count, content, more) {
      return h('details', { open: true, class: 'hh' }, h('summary', null, sx.icon('down', 12), h('b', null, title), count !== null && h('span', { class: 'cnt' }, String(count)), h('span', { class: 'sp' }), more), content);
    }

    attributes(key, list, dropped) {
      const all = list || [];
      if (!all.length && !dropped) return null;
      const rows = (some) => some.map((a) => [a.key, parts.shown(a.value)]);
      const box = h('div', null, parts.pairs(rows(all.slice(0, FEW))));
      if (all.length > FEW) {
        const more = h('button', { class: 'plain link sm', type: 'button' }, sx.tn('span.more', all.length - FEW));
        more.addEventListener('click', () => sx.put(box, parts.pairs(rows(all))));
        box.append(more);
      }
      if (dropped) box.append(h('p', { class: 'warn sm' }, sx.tn('span.dropped', dropped)));
      return this.section(t(key), all.length, box);
    }

    at(event, span, tree) {
      return '+' + sx.format.text(sx.format.nanos(Number(sx.trace.shown(span, event.timeNanos) - BigInt(tree.start))));
    }

    exception(event, node) {
      const of = (key) => ((event.attributes || []).find((a) => a.key === key) || { value: '' }).value;
      const at = t('span.at', '+' + sx.format.text(sx.format.nanos(Number(BigInt(event.timeNanos) - BigInt(node.span.startNanos)))));
      const type = parts.plain(of('exception.type'));
      const frames = parts.plain(of('exception.stacktrace')).split('\n').filter((l) => l.trim() && !l.startsWith(type));
      const stack = h('pre', { class: 'ex' }, h('b', { class: 'err' }, type.split('.').pop()), ': ' + parts.plain(of('exception.message')) + '\n', frames.slice(0, FRAMES).join('\n'));
      if (frames.length > FRAMES) {
        const more = h('button', { class: 'plain link sm', type: 'button' }, sx.tn('span.frames', frames.length - FRAMES));
        more.addEventListener('click', () => {
          more.remove();
          stack.append('\n' + frames.slice(FRAMES).join('\n'));
        });
        return this.section(t('span.exception'), null, h('div', null, stack, more), h('span', { class: 'mute' }, at));
      }
      return this.section(t('span.exception'), null, stack, h('span', { class: 'mute' }, at));
    }

    events(list, span, tree) {
      if (!list.length) return null;
      return this.section(t('span.events'), list.length, h('ul', { class: 'lg' }, list.map((e) =>
        h('li', { class: 'event' }, h('span', { class: 'mono mute' }, this.at(e, span, tree)), h('span', null, h('b', null, e.name), (e.attributes || []).map((a) => h('div', { class: 'mono mute' }, a.key + '=' + parts.plain(a.value))))))));
    }

    links(list) {
      if (!list.length) return null;
      return this.section(t('span.links'), list.length, h('ul', { class: 'lg' }, list.map((l) =>
        h('li', null, h('a', { class: 'link mono cut', href: sx.state.link('trace/' + l.traceId, { span: l.spanId }) }, l.traceId)))));
    }

    logs(lines, { startMillis, tree }, node) {
      const from = startMillis + Math.floor(node.start / 1e6) - 5000;
      const to = startMillis + Math.ceil(node.end / 1e6) + 5000;
      const open = h('a', { class: 'link', href: sx.state.link('logs', { service: node.resource.service, from, to }) }, t('span.openLogs'));
      const content = lines.length
        ? h('ul', { class: 'lg' }, lines.slice(0, 50).map((l) => h('li', null, h('span', { class: 'mono mute' }, sx.time.exact(sx.time.ofNanos(l.timeNanos))),
            h('span', { class: 'lv ' + sx.lines.group(l.level) }, (l.severityText || l.level).toUpperCase()), h('span', { class: 'cut', title: l.body }, l.body))))
        : h('p', { class: 'mute sm' }, t('span.noLogs'));
      return this.section(t('span.logs'), lines.length, content, open);
    }

    foot(data, node) {
      const around = { from: data.startMillis - 30 * 60000, to: Math.min(Date.now(), data.startMillis + 30 * 60000) };
      const expr = 'histogram_quantile(0.95, sum by (le) (rate(traces_spanmetrics_latency_bucket{service="' + node.resource.service + '",span_name=' + JSON.stringify(node.span.name) + '}[5m])))';
      return h('div', { class: 'row tpf' },
        h('a', { class: 'btn s', href: sx.state.link('metrics', { ...around, expr }) }, sx.icon('metrics'), t('span.metrics')),
        parts.copyButton(() => JSON.stringify({ ...node.span, resource: node.resource }, null, 2), t('span.copyJson')));
    }
  }

  class Statistics extends HTMLElement {
    show({ tree }) {
      const rows = sx.trace.statistics(tree.nodes);
      const total = rows.reduce((sum, r) => sum + r.self, 0) || 1;
      const num = (parts_) => h('td', { class: 'num' }, parts.value(parts_));
      sx.put(this, h('table', { class: 'tbl d32' },
        h('thead', null, h('tr', null, h('th', { style: 'width:180px' }, t('service')), h('th', null, t('trace.operation')), ['trace.spans', 'figure.errors', 'trace.self', 'trace.share', 'trace.total', 'trace.longest'].map((k) => h('th', { class: 'num', style: 'width:88px' }, t(k))))),
        h('tbody', null, rows.slice(0, 500).map((r) => h('tr', null, h('td', null, parts.service(r.service, r.hue)), h('td', { class: 'cut', title: r.name }, r.name),
          h('td', { class: 'num' }, String(r.count)), h('td', { class: r.errors ? 'num err b' : 'num' }, String(r.errors)), num(sx.format.nanos(r.self)), num(sx.format.share(r.self / total)), num(sx.format.nanos(r.total)), num(sx.format.nanos(r.longest)))))));
    }
  }

  class TraceLogs extends HTMLElement {
    show({ logs }) {
      if (!logs.lines.length) {
        sx.put(this, parts.empty(t('trace.noLogs'), logs.failure ? logs.failure.message : t('trace.noLogs.hint')));
        return;
      }
      sx.put(this, logs.lines.map((l) => h('div', { class: 'lr l-' + sx.lines.group(l.level) }, h('i'), h('span'), h('span', { class: 'mono' }, sx.time.exact(sx.time.ofNanos(l.timeNanos))),
        h('span', { class: 'lv' }, (l.severityText || l.level).toUpperCase()), parts.service(l.service, l.hue), h('span', { class: 'cut mono', title: l.body }, l.body))));
    }
  }

  sx.define('sx-span', Span);
  sx.define('sx-trace-statistics', Statistics);
  sx.define('sx-trace-logs', TraceLogs);
})();
