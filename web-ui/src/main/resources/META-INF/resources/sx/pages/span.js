/** One span with every field it has: figures, attributes, exception, events, links, scope, resource, and its log lines. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const { section, attributes, list, droppedNote } = sx.spanFields;
  const FRAMES = 6;
  const SAMPLED = 1;
  const KNOWS_REMOTE = 0x100;
  const REMOTE = 0x200;

  class Span extends HTMLElement {
    show(data, node) {
      if (this.node === node && this.path === data.path && this.firstChild) return;
      const again = this.node === node;
      this.node = node;
      this.path = data.path;
      const { span, resource } = node;
      const close = () => this.dispatchEvent(new CustomEvent('sx-close'));
      const logs = data.logs.lines.filter((l) => l.spanId === span.spanId);
      const figure = (label, value) => h('span', null, h('span', { class: 'mute' }, label), h('b', null, value));
      const critical = sx.trace.onPath(data.path, node) / (data.tree.duration || 1);
      const events = span.events || [];
      const dropped = span.dropped || {};
      const scroll = again && this.querySelector('.dtb') ? this.querySelector('.dtb').scrollTop : 0;
      sx.put(
        this,
        h('div', { class: 'ph' }, parts.chip(resource.service, resource.hue), h('h2', { class: 'cut', title: span.name }, span.name || t('traces.noName')), h('span', { class: 'sp' }),
          parts.copyButton(() => location.href, null, { class: 'btn ghost s sq', title: t('action.share.hint'), 'aria-label': t('action.share') }),
          h('button', { class: 'btn ghost s sq', type: 'button', 'aria-label': t('action.close'), onclick: close }, sx.icon('close'))),
        h('div', { class: 'dtb' },
          h('div', { class: 'fx' }, figure(t('trace.start'), '+' + sx.format.text(sx.format.nanos(node.start))), figure(t('figure.duration'), sx.format.text(sx.format.nanos(node.duration))),
            figure(t('trace.self'), sx.format.text(sx.format.nanos(node.self))), figure(t('trace.onPath'), sx.format.text(sx.format.share(critical)))),
          this.tags(node),
          span.statusMessage && h('p', { class: 'err sm any' }, span.statusMessage),
          attributes(t('span.attributes'), 'span', span.attributes || [], dropped.attributes),
          events.filter((e) => e.name === 'exception').map((e) => this.exception(e, node)),
          this.events(events.filter((e) => e.name !== 'exception'), span, data.tree, dropped.events),
          this.links(span.links || [], dropped.links),
          this.logs(logs, data, node),
          this.scope((data.trace.scopes || [])[span.scopeIndex], span.scope),
          attributes(t('span.resource'), 'resource', this.withSchema(resource), resource.droppedAttributes),
          this.ids(node),
          this.foot(data, node)),
      );
      this.querySelector('.dtb').scrollTop = scroll;
    }

    withSchema(of) {
      return of.schemaUrl ? [...(of.attributes || []), { key: t('span.schema'), value: of.schemaUrl }] : of.attributes || [];
    }

    skew(nanos) {
      const by = sx.format.text(sx.format.nanos(Math.abs(nanos)));
      return h('span', { class: 'tag w', title: t('span.skew.hint') }, t(nanos > 0 ? 'span.skew.later' : 'span.skew.earlier', by));
    }

    tags({ span, resource, error, orphan }) {
      const of = (key) => ((resource.attributes || []).find((a) => a.key === key) || {}).value;
      const version = of('service.version');
      const host = of('k8s.pod.name') || of('host.name') || of('service.instance.id');
      return h('div', { class: 'row tags' }, error && h('span', { class: 'tag e' }, sx.sign('critical', 12), t('figure.error')), span.status === 'ok' && h('span', { class: 'tag o' }, 'OK'),
        h('span', { class: 'tag' }, t('kind.' + (span.kind || 'unspecified'))),
        h('a', { class: 'tag cut', href: sx.state.link('services/' + encodeURIComponent(resource.service)) }, resource.service + (version ? ' ' + parts.plain(version) : '')),
        host && h('span', { class: 'tag cut', title: parts.plain(host) }, parts.plain(host)),
        span.skewNanos ? this.skew(span.skewNanos) : null,
        orphan && h('span', { class: 'tag w', title: t('trace.partial.hint') }, t('span.orphan')));
    }

    scope(scope, name) {
      if (!scope && !name) return null;
      const of = scope || { name, attributes: [] };
      const own = [of.name && { key: t('span.scope.name'), value: of.name }, of.version && { key: t('span.scope.version'), value: of.version }].filter(Boolean);
      return own.length || (of.attributes || []).length ? attributes(t('span.scope'), '', [...own, ...this.withSchema(of)], of.droppedAttributes) : null;
    }

    ids({ span }) {
      const flags = span.flags || 0;
      const said = [flags & SAMPLED && t('span.flags.sampled'), flags & KNOWS_REMOTE && t(flags & REMOTE ? 'span.flags.remote' : 'span.flags.local')].filter(Boolean);
      const rows = [
        { key: 'span_id', value: span.spanId },
        span.parentSpanId && { key: 'parent_span_id', value: span.parentSpanId },
        { key: t('span.startedAt'), value: sx.time.full(sx.time.ofNanos(span.startNanos)) + '.' + span.startNanos.slice(-9) },
        span.traceState && { key: t('span.traceState'), value: span.traceState },
        flags > 0 && { key: t('span.flags'), value: '0x' + flags.toString(16) + (said.length ? ' (' + said.join(', ') + ')' : '') },
      ].filter(Boolean);
      return section(t('span.ids'), null, list('', rows));
    }

    at(event, span, tree) {
      return '+' + sx.format.text(sx.format.nanos(Number(sx.trace.shown(span, event.timeNanos) - BigInt(tree.start))));
    }

    exception(event, node) {
      const of = (key) => ((event.attributes || []).find((a) => a.key === key) || { value: '' }).value;
      const at = t('span.at', '+' + sx.format.text(sx.format.nanos(Number(BigInt(event.timeNanos) - BigInt(node.span.startNanos)))));
      const type = parts.plain(of('exception.type'));
      const text = parts.plain(of('exception.stacktrace'));
      const frames = text.split('\n').filter((l) => l.trim() && !l.startsWith(type));
      const stack = h('pre', { class: 'ex' }, h('b', { class: 'err' }, type.split('.').pop()), ': ' + parts.plain(of('exception.message')) + '\n', frames.slice(0, FRAMES).join('\n'));
      const more = frames.length > FRAMES && h('button', { class: 'plain link sm', type: 'button' }, sx.tn('span.frames', frames.length - FRAMES));
      if (more) {
        more.addEventListener('click', () => {
          more.remove();
          stack.append('\n' + frames.slice(FRAMES).join('\n'));
        });
      }
      const rest = (event.attributes || []).filter((a) => !/^exception\.(type|message|stacktrace)$/.test(a.key));
      const copy = parts.copyButton(() => text || type + ': ' + parts.plain(of('exception.message')), null, { class: 'btn ghost s sq' });
      return section(t('span.exception'), null, h('div', null, stack, more, rest.length > 0 && list('event', rest), droppedNote(event.droppedAttributes)), [h('span', { class: 'mute' }, at), copy]);
    }

    events(all, span, tree, dropped) {
      if (!all.length && !dropped) return null;
      return section(t('span.events'), all.length, h('div', null, all.map((e) =>
        h('div', { class: 'event' }, h('div', { class: 'row sm' }, h('span', { class: 'mono mute' }, this.at(e, span, tree)), h('b', { class: 'any' }, e.name)), (e.attributes || []).length > 0 && list('event', e.attributes), droppedNote(e.droppedAttributes))), dropped ? h('p', { class: 'warn sm' }, sx.tn('span.droppedEvents', dropped)) : null));
    }

    links(all, dropped) {
      if (!all.length && !dropped) return null;
      return section(t('span.links'), all.length, h('div', null, all.map((l) =>
        h('div', { class: 'event' }, h('div', { class: 'row sm' }, h('a', { class: 'link mono cut', title: l.traceId, href: sx.state.link('trace/' + encodeURIComponent(l.traceId), { span: l.spanId }) }, l.traceId), h('span', { class: 'mono dim' }, l.spanId)),
          ((l.attributes || []).length > 0 || l.traceState) && list('', [...(l.attributes || []), ...(l.traceState ? [{ key: t('span.traceState'), value: l.traceState }] : [])]), droppedNote(l.droppedAttributes))), dropped ? h('p', { class: 'warn sm' }, sx.tn('span.droppedLinks', dropped)) : null));
    }

    logs(lines, { startMillis }, node) {
      const from = startMillis + Math.floor(node.start / 1e6) - 5000;
      const to = startMillis + Math.ceil(node.end / 1e6) + 5000;
      const open = h('a', { class: 'link', href: sx.state.link('logs', { service: node.resource.service, from, to }) }, t('span.openLogs'));
      const content = lines.length
        ? h('ul', { class: 'lg' }, lines.slice(0, 50).map((l) => h('li', null, h('span', { class: 'mono mute' }, sx.time.exact(sx.time.ofNanos(l.timeNanos))),
            h('span', { class: 'lv ' + sx.lines.group(l.level) }, (l.severityText || l.level).toUpperCase()), h('span', { class: 'cut', title: l.body }, l.body))))
        : h('p', { class: 'mute sm' }, t('span.noLogs'));
      return section(t('span.logs'), lines.length, content, open);
    }

    foot(data, node) {
      const around = { from: data.startMillis - 30 * 60000, to: Math.min(Date.now(), data.startMillis + 30 * 60000) };
      const expr = 'histogram_quantile(0.95, sum by (le) (rate(traces_spanmetrics_latency_bucket{service=' + JSON.stringify(node.resource.service) + ',span_name=' + JSON.stringify(node.span.name) + '}[5m])))';
      const alike = sx.spanset.write({ service: node.resource.service, operation: node.span.name });
      return h('div', { class: 'row tpf' },
        h('a', { class: 'btn s', href: sx.state.link('metrics', { ...around, expr }) }, sx.icon('metrics'), t('span.metrics')),
        alike && h('a', { class: 'btn s', href: sx.state.link('traces', { q: alike }) }, sx.icon('traces'), t('span.alike')),
        parts.copyButton(() => JSON.stringify({ ...node.span, resource: node.resource }, null, 2), t('span.copyJson')));
    }
  }

  sx.define('sx-span', Span);
})();
