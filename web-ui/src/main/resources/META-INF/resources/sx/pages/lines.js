/** The list of log lines: rows of one height of which only those in sight exist, and one row open to its fields. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const ROW = 24;
  const BEYOND = 12;
  const NEAR = 40;

  class Lines extends HTMLElement {
    connectedCallback() {
      if (!this.view) {
        this.sizer = h('div', { class: 'sizer' });
        this.view = h('div', { class: 'lrs', tabindex: '0', role: 'listbox', 'aria-label': t('logs.lines') }, this.sizer);
        this.view.addEventListener('scroll', () => this.scrolledTo());
        this.view.addEventListener('click', (e) => this.clicked(e));
        this.view.addEventListener('keydown', (e) => this.key(e));
        this.append(this.view);
      }
      this.resize = new ResizeObserver(() => this.data && this.draw());
      this.resize.observe(this.view);
    }

    disconnectedCallback() {
      this.resize.disconnect();
    }

    scrolled() {
      return this.view && this.view.scrollTop > ROW * 4;
    }

    show(data, query) {
      const fresh = !this.data || JSON.stringify(query) !== this.query;
      this.query = JSON.stringify(query);
      this.words = query.text || [];
      this.data = data;
      this.wrap = sx.state.get('wrap') === '1';
      this.classList.toggle('wrapped', this.wrap);
      if (fresh) this.view.scrollTop = 0;
      const open = sx.state.get('line');
      if (this.open !== open) {
        this.open = open;
        this.detail = null;
        this.detailHeight = 0;
      }
      this.drawn = null;
      this.draw();
    }

    openAt() {
      return this.open ? this.data.lines.findIndex((l) => l.id === this.open) : -1;
    }

    draw() {
      const { lines } = this.data;
      if (this.wrap) {
        this.drawAll(lines);
        return;
      }
      const openAt = this.openAt();
      if (openAt >= 0 && !this.detail) {
        this.detail = h('sx-line', { class: 'ex-line' });
        this.detail.show(lines[openAt]);
      }
      const extra = openAt >= 0 ? this.detailHeight : 0;
      const top = this.view.scrollTop;
      const shift = openAt >= 0 && top > (openAt + 1) * ROW ? Math.min(extra, top - (openAt + 1) * ROW) : 0;
      const { first, last } = sx.lines.window(lines.length, ROW, top - shift, this.view.clientHeight, BEYOND);
      const now = first + ' ' + last + ' ' + openAt + ' ' + extra + ' ' + lines.length;
      if (now === this.drawn) return;
      this.drawn = now;
      const place = (i) => i * ROW + (openAt >= 0 && i > openAt ? extra : 0);
      const rows = [];
      for (let i = first; i < last; i++) rows.push(this.row(lines[i], i, 'top:' + place(i) + 'px'));
      this.sizer.style.height = lines.length * ROW + extra + 'px';
      if (this.detail && openAt >= 0) this.detail.style.top = (openAt + 1) * ROW + 'px';
      sx.put(this.sizer, rows, openAt >= 0 && this.detail, !this.data.nextPage && h('div', { class: 'lend dim', style: 'top:' + place(lines.length) + 'px' }, t('logs.end')));
      if (openAt >= 0 && this.detail.offsetHeight !== this.detailHeight) {
        this.detailHeight = this.detail.offsetHeight;
        this.draw();
      }
    }

    /** Wrapped rows have heights of their own; the browser skips painting those out of sight. */
    drawAll(lines) {
      this.sizer.style.height = '';
      const openAt = this.openAt();
      if (openAt >= 0 && !this.detail) {
        this.detail = h('sx-line', { class: 'ex-line' });
        this.detail.show(lines[openAt]);
      }
      if (this.detail) this.detail.style.top = '';
      sx.put(this.sizer, lines.map((l, i) => [this.row(l, i, ''), i === openAt && this.detail]));
    }

    row(line, i, style) {
      const on = line.id === this.open;
      return h('div', { class: 'lr l-' + sx.lines.group(line.level) + (on ? ' on' : ''), style, 'data-line': line.id, role: 'option', 'aria-selected': String(on) }, h('i'), sx.icon(on ? 'down' : 'right', 12),
        h('span', { class: 'mono', title: sx.time.full(sx.time.ofNanos(line.timeNanos)) }, sx.time.exact(sx.time.ofNanos(line.timeNanos))), h('span', { class: 'lv' }, (line.severityText || line.level || '').toUpperCase().slice(0, 5)),
        h('a', { class: 'svc', tabindex: '-1', title: line.service, href: sx.state.link('services/' + encodeURIComponent(line.service)) }, parts.chip(line.service, line.hue), h('span', { class: 'cut' }, line.service)),
        h('span', { class: 'cut mono text' }, sx.lines.marks(line.body, this.words).map((p) => (p.hit ? h('mark', null, p.text) : p.text))));
    }

    scrolledTo() {
      if (!this.wrap) this.draw();
      const rest = this.view.scrollHeight - this.view.scrollTop - this.view.clientHeight;
      if (this.data && this.data.nextPage && rest < NEAR * ROW) this.dispatchEvent(new CustomEvent('sx-more'));
    }

    clicked(event) {
      const row = event.target.closest('.lr');
      if (!row || event.target.closest('a') || String(getSelection())) return;
      this.toggle(row.dataset.line);
    }

    toggle(id) {
      sx.state.set({ line: id === this.open ? '' : id });
    }

    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
      if (!step || event.target !== this.view) return;
      event.preventDefault();
      const { lines } = this.data;
      const at = this.openAt();
      const next = Math.max(0, Math.min(lines.length - 1, at < 0 ? Math.floor(this.view.scrollTop / ROW) : at + step));
      sx.state.set({ line: lines[next].id });
      const top = next * ROW;
      if (top < this.view.scrollTop || top > this.view.scrollTop + this.view.clientHeight - 200) this.view.scrollTop = Math.max(0, top - 100);
    }
  }

  /** An open line: its fields with filters, its JSON, the way to its trace and to the lines around it. */
  class Line extends HTMLElement {
    show(line) {
      const around = { from: sx.time.ofNanos(line.timeNanos) - 30000, to: sx.time.ofNanos(line.timeNanos) + 30000 };
      this.tab = this.tab || 'fields';
      const tab = (name, label) => h('button', { class: this.tab === name ? 'plain tb on' : 'plain tb', type: 'button', onclick: () => {
        this.tab = name;
        this.show(line);
      } }, label);
      sx.put(
        this,
        h('div', { class: 'row exh' }, tab('fields', t('logs.fields')), tab('json', t('logs.json')), h('span', { class: 'sp' }),
          line.traceId && h('a', { class: 'btn s', href: sx.state.link('trace/' + line.traceId, { span: line.spanId }) }, sx.icon('traces'), t('logs.goTrace')),
          h('a', { class: 'btn s', href: sx.state.link('logs', { ...around, service: line.service, line: line.id }) }, sx.icon('logs'), t('logs.context')),
          parts.copyButton(() => JSON.stringify(line, null, 2), null, { class: 'btn s sq' })),
        h('pre', { class: 'body' }, line.body),
        this.tab === 'json' ? h('pre', { class: 'json' }, JSON.stringify(line, null, 2)) : this.fields(line),
      );
    }

    fields(line) {
      const pm = (icon, label, keep, key, value) => h('button', { class: 'btn ghost s sq pm', type: 'button', title: t(label, value), 'aria-label': t(label, key + ' ' + value), onclick: () => sx.logs.filter(key, value, keep) }, sx.icon(icon, 12));
      const row = (key, value, shown, filter) => h('div', { class: 'fr' }, h('span', null, filter && [pm('plus', 'logs.only', true, key, value), pm('minus', 'logs.not', false, key, value)]), h('span', { class: 'cut mute', title: key }, key), h('span', { class: 'mono value' }, shown));
      const ids = [
        line.traceId && row('trace_id', line.traceId, h('a', { class: 'link', href: sx.state.link('trace/' + line.traceId) }, line.traceId)),
        line.spanId && row('span_id', line.spanId, h('a', { class: 'link', href: sx.state.link('trace/' + line.traceId, { span: line.spanId }) }, line.spanId)),
      ];
      const all = [...(line.attributes || []), ...(line.resource || [])];
      return h('div', { class: 'fg' }, ids, all.map((a) => row(a.key, parts.plain(a.value), parts.shown(a.value), true)));
    }
  }

  sx.define('sx-lines', Lines);
  sx.define('sx-line', Line);
})();
