/** Log lines: filters, the histogram by level, the fields beside and the list below. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const FILTERS = ['service', 'level', 'text', 'field', 'traceId', 'spanId'];
  const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'unknown'];
  const PAGE = 200;
  const COLOURS = [['debug', 'lv-debug'], ['info', 'lv-info'], ['warn', 'warn'], ['error', 'error']];

  class Logs extends sx.Page {
    build() {
      this.legend = h('div', { class: 'mini-leg sm' });
      this.head = h('h2');
      this.cost = h('div');
      this.chart = h('sx-chart', { style: 'height:112px', 'aria-label': t('logs.lines') });
      this.chart.addEventListener('sx-zoom', (e) => sx.state.setRange(String(e.detail.from), String(e.detail.to)));
      this.chart.addEventListener('sx-reset', () => history.back());
      this.histogram = h('section', { class: 'panel', style: 'flex:none' }, h('div', { class: 'ph nb' }, this.head, this.legend, h('span', { class: 'sp' }), this.cost), this.chart);
      this.filters = h('div', { class: 'row tools wrap' });
      this.bar = h('div', { class: 'tabs', style: 'height:32px' });
      this.fields = h('sx-fields', { class: 'panel fs-side' });
      this.list = h('sx-lines', { class: 'panel ll' });
      this.list.addEventListener('sx-more', () => this.more());
      this.content = h('div', { class: 'lw' });
      const curl = h('button', { class: 'btn ghost', type: 'button' }, sx.icon('copy'), h('span', { class: 'wide' }, t('action.curl')));
      curl.addEventListener('click', () => {
        parts.copy(sx.api.curl('/sextant/v1/logs', this.query(sx.state.range())));
        sx.notice(t('action.copied'), 'ok');
      });
      sx.put(this, parts.title(t('nav.logs'), null, curl), this.filters, this.histogram, this.bar, this.content);
      this.showFilters();
      this.stops.push(sx.keys.add([{ key: 'Escape', act: () => sx.state.get('line') && sx.state.set({ line: '' }) }]));
    }

    body() {
      return this.content;
    }

    addressChanged(keys) {
      this.showFilters();
      if (keys.length > 0 && keys.every((k) => ['line', 'wrap', 'fields'].includes(k))) {
        if (this.data) this.list.show(this.data, this.query(this.range));
        this.showBar();
        return;
      }
      const reading = this.list.isConnected && (this.list.scrolled() || sx.state.get('line'));
      if (keys.includes('tick') && reading) return;
      this.reload();
    }

    query(range) {
      return { ...sx.api.between(range), ...Object.fromEntries(FILTERS.map((k) => [k, sx.state.all(k)])), order: sx.state.get('order') };
    }

    async fetch(signal) {
      const range = sx.state.range();
      const query = this.query(range);
      const { order, ...filters } = query;
      const buckets = Math.max(20, Math.min(120, Math.round(this.clientWidth / 24)));
      const [page, histogram] = await Promise.all([sx.api.get('logs', { ...query, limit: PAGE }, signal), sx.api.get('logs/histogram', { ...filters, buckets }, signal)]);
      this.range = range;
      return { ...page, histogram };
    }

    async more() {
      const { data } = this;
      if (!data || !data.nextPage || this.fetching) return;
      this.fetching = true;
      try {
        const page = await sx.api.get('logs', { ...this.query(this.range), limit: PAGE, page: data.nextPage });
        if (this.data !== data) return;
        this.data = { ...data, lines: data.lines.concat(page.lines), nextPage: page.nextPage };
        this.list.show(this.data, this.query(this.range));
      } catch (failure) {
        sx.notice(failure.message, 'error');
      } finally {
        this.fetching = false;
      }
    }

    show(data) {
      this.showHistogram(data.histogram);
      sx.put(this.cost, parts.cost((data.totalExact ? '' : t('logs.atLeast', '')) + sx.tn('logs.count', data.total), data.cost));
      this.showBar();
      if (!data.lines.length) {
        sx.put(this.content, h('section', { class: 'panel fill' }, parts.empty(t('logs.empty'), t('logs.empty.hint'), h('button', { class: 'btn', onclick: () => sx.state.set(Object.fromEntries(FILTERS.map((k) => [k, ''])), true) }, t('action.clear')))));
        return;
      }
      if (this.list.parentNode !== this.content) sx.put(this.content, this.fields, this.list);
      this.list.show(data, this.query(this.range));
      this.fields.show(data.lines, this.query(this.range));
    }

    showHistogram(histogram) {
      const { groups, totals } = sx.lines.fold(histogram);
      this.head.textContent = t('logs.per', sx.time.length(histogram.bucketMillis));
      sx.put(this.legend, COLOURS.slice().reverse().map(([level, colour]) => h('span', null, h('i', { class: 'sw', style: 'background:var(--sx-' + colour + ')' }), t('logs.level.' + level), h('b', null, sx.format.text(sx.format.count(totals[level]))))));
      this.chart.bars(this.range, histogram.buckets.map((b) => b.startMillis), histogram.bucketMillis, COLOURS.map(([level, colour]) => ({ name: t('logs.level.' + level), colour, values: groups[level] })));
    }

    showFilters() {
      if (!this.words) {
        this.words = h('input', { type: 'search', placeholder: t('logs.search'), 'aria-label': t('logs.search'), 'data-query': true, spellcheck: 'false', autocomplete: 'off' });
        this.words.addEventListener('keydown', (e) => {
          if (e.key !== 'Enter' || !this.words.value.trim()) return;
          const word = this.words.value.trim();
          this.words.value = '';
          const field = /^([\w.-]+)(!?=)(.+)$/.exec(word);
          if (field) sx.logs.filter(field[1], field[3], field[2] === '=');
          else sx.state.set({ text: [...new Set([...sx.state.all('text'), word])] }, true);
        });
        this.box = h('label', { class: 'inp find', style: 'flex:1 1 320px;max-width:560px' }, sx.icon('search'), this.words, h('kbd', null, '⏎'));
        this.level = h('button', { class: 'sel', type: 'button', 'aria-haspopup': 'dialog', onclick: () => sx.popup.show(this.level, this.levels()) });
        this.chips = h('span', { class: 'row gap4 wrap' });
        sx.put(this.filters, this.box, this.level, this.chips);
      }
      const levels = sx.state.all('level');
      sx.put(this.level, h('span', { class: 'cut', style: 'max-width:200px' }, levels.length ? levels.map((l) => t('logs.level.' + l)).join(', ') : t('logs.anyLevel')), sx.icon('down', 12));
      const chip = (key, label) => (value) => parts.filterChip(label(value), () => sx.state.set({ [key]: sx.state.all(key).filter((v) => v !== value) }, true));
      sx.put(this.chips, sx.state.all('service').map(chip('service', (v) => 'service=' + v)), sx.state.all('text').map(chip('text', (v) => '“' + v + '”')), sx.state.all('field').map(chip('field', (v) => v)),
        sx.state.all('traceId').map(chip('traceId', (v) => t('logs.trace', v.slice(0, 8) + '…'))), sx.state.all('spanId').map(chip('spanId', (v) => t('logs.span', v))));
    }

    levels() {
      const chosen = new Set(sx.state.all('level'));
      return h('div', { class: 'menu', role: 'dialog', 'aria-label': t('logs.levels') }, LEVELS.map((l) => {
        const box = h('input', { type: 'checkbox', value: l });
        box.checked = chosen.has(l);
        box.addEventListener('change', () => {
          if (box.checked) chosen.add(l);
          else chosen.delete(l);
          sx.state.set({ level: LEVELS.filter((x) => chosen.has(x)) }, true);
        });
        return h('label', { class: 'check' }, box, h('span', { class: 'lv ' + sx.lines.group(l) }, t('logs.level.' + l)));
      }));
    }

    showBar() {
      const oldest = sx.state.get('order') === 'oldest';
      const wrap = sx.state.get('wrap') === '1';
      sx.put(this.bar, h('span', { class: 'on' }, t('logs.lines')), h('span', { class: 'x row gap4' },
        h('button', { class: wrap ? 'btn s on' : 'btn ghost s', type: 'button', 'aria-pressed': String(wrap), 'data-key': 'wrap', onclick: () => sx.state.set({ wrap: wrap ? '' : '1' }) }, sx.icon('wrap'), t('logs.wrap')),
        h('button', { class: 'btn ghost s', type: 'button', 'data-key': 'order', onclick: () => sx.state.set({ order: oldest ? '' : 'oldest' }, true) }, sx.icon(oldest ? 'sortUp' : 'sort'), t(oldest ? 'logs.oldest' : 'logs.newest'))));
    }
  }

  sx.logs = {
    /** Keeps (or drops) the lines with a field's value. */
    filter(key, value, keep) {
      if (keep && key === 'level') sx.state.set({ level: [value] }, true);
      else if (key === 'level') sx.state.set({ level: (sx.state.all('level').length ? sx.state.all('level') : LEVELS).filter((l) => l !== value) }, true);
      else if (keep && key === 'service.name') sx.state.set({ service: [value] }, true);
      else {
        const one = key + (keep ? '=' : '!=') + value;
        sx.state.set({ field: [...new Set([...sx.state.all('field'), one])] }, true);
      }
    },
  };

  sx.define('sx-logs', Logs);
})();
