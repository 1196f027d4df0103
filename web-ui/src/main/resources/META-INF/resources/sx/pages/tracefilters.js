/**
 * The filters above the query box: they read and write the query of the address ('q') as far as one spanset of
 * conditions can say it, and offer the services and operations there are.
 */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;

  class TraceFilters extends HTMLElement {
    connectedCallback() {
      if (this.service) return;
      this.className = 'row tools wrap tfilters';
      this.lists = [];
      this.service = this.input('service', 'traces.anyService', 'flex:1 1 132px;max-width:176px', 'service.name');
      this.operation = this.input('operation', 'traces.anyOperation', 'flex:1 1 160px;max-width:232px', 'name');
      this.condition = h('input', { class: 'field mono', placeholder: t('traces.condition'), 'aria-label': t('traces.condition'), style: 'flex:1 1 180px;max-width:272px', spellcheck: 'false', autocomplete: 'off' });
      this.min = this.input('min', 'traces.min', 'flex:0 1 96px');
      this.max = this.input('max', 'traces.max', 'flex:0 1 96px');
      this.chips = h('span', { class: 'row gap4 wrap' });
      this.errors = h('span');
      this.asText = h('span', { class: 'dim sm' }, t('traces.asText'));
      this.fields = h('span', { class: 'row wrap' }, this.service, this.operation, this.min, this.max, this.errors, this.condition, this.chips);
      this.condition.addEventListener('keydown', (e) => e.key === 'Enter' && this.addCondition());
      sx.put(this, this.fields, this.asText, this.lists);
      this.show();
    }

    input(key, label, style, field) {
      const input = h('input', { class: 'field', placeholder: t(label), 'aria-label': t(label), style, spellcheck: 'false', autocomplete: 'off' });
      input.addEventListener('change', () => this.changed(key, input));
      if (field) {
        const list = h('datalist', { id: 'sx-' + key + '-values' });
        input.setAttribute('list', list.id);
        input.addEventListener('focus', () => this.offer(field, list));
        this.lists.push(list);
      }
      return input;
    }

    async offer(field, list) {
      const q = field === 'name' ? sx.spanset.write({ service: this.service.value }) : '';
      const found = await sx.api.get('spans/values/' + field, { ...sx.api.between(sx.state.range()), q, limit: 200 }).catch(() => ({ values: [] }));
      sx.put(list, found.values.map((v) => h('option', { value: v })));
    }

    filters() {
      return sx.spanset.read(sx.state.get('q'));
    }

    set(change) {
      const now = this.filters();
      if (now) sx.state.set({ q: sx.spanset.write({ ...now, ...change }) }, true);
    }

    changed(key, input) {
      const value = input.value.trim();
      const duration = key === 'min' || key === 'max';
      if (duration && value && !/^\d+(\.\d+)?(ns|us|µs|ms|s|m|h)$/.test(value)) {
        input.setAttribute('aria-invalid', 'true');
        sx.notice(t('traces.badDuration'), 'error');
        return;
      }
      input.removeAttribute('aria-invalid');
      this.set({ [key]: value });
    }

    addCondition() {
      const added = sx.spanset.typed(this.condition.value);
      if (!added) {
        sx.notice(t('traces.badCondition'), 'error');
        return;
      }
      this.condition.value = '';
      this.set({ rest: [...new Set([...this.filters().rest, ...added])] });
    }

    /** Shows what the address says; a query that is more than filters is left to the box. */
    show() {
      const now = this.filters();
      this.fields.hidden = !now;
      this.asText.hidden = Boolean(now);
      if (!now) return;
      for (const key of ['service', 'operation', 'min', 'max']) {
        if (document.activeElement !== this[key]) this[key].value = now[key];
      }
      const choices = ['', 'true', 'false'].map((v) => ({ value: v, label: t('traces.error.' + (v || 'any')) }));
      sx.put(this.errors, parts.segments(choices, now.error, (v) => this.set({ error: v }), t('traces.status')));
      sx.put(this.chips, now.rest.map((c) => parts.filterChip(c, () => this.set({ rest: this.filters().rest.filter((x) => x !== c) }))));
    }
  }

  sx.define('sx-trace-filters', TraceFilters);
})();
