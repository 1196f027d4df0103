/**
 * A box for a PromQL expression: the text area is on top, its text transparent; below it the same text in colours, an
 * error underlined at its place. Completion offers metrics, labels and functions.
 */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t } = sx;
  const FUNCTIONS = (
    'abs absent avg_over_time ceil changes clamp clamp_max clamp_min count_over_time day_of_week delta deriv exp floor histogram_quantile hour idelta increase irate ' +
    'label_join label_replace last_over_time ln log10 log2 max_over_time min_over_time minute month predict_linear present_over_time quantile_over_time rate resets round ' +
    'scalar sgn sort sort_desc sqrt stddev_over_time sum_over_time time timestamp vector sum avg min max count topk bottomk quantile'
  ).split(' ');
  const MOST = 12;

  class Query extends HTMLElement {
    connectedCallback() {
      if (this.area) return;
      this.shown = h('div', { class: 't', 'aria-hidden': 'true' });
      this.area = h('textarea', {
        rows: 1, spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', placeholder: t('metrics.placeholder'), 'aria-label': 'PromQL', maxlength: 20000,
        role: 'combobox', 'aria-expanded': 'false', 'aria-autocomplete': 'list',
      });
      if (this.dataset.first !== undefined) this.area.dataset.query = '';
      this.area.value = this.value || '';
      this.area.addEventListener('input', () => this.typed());
      this.area.addEventListener('keydown', (e) => this.key(e));
      this.area.addEventListener('blur', () => setTimeout(() => this.close(), 150));
      this.note = h('span', { class: 'dim sm' });
      this.className = 'qbox';
      sx.put(this, h('div', { class: 'q' }, h('div', { class: 'qt' }, this.shown, this.area), this.note));
      this.paint();
    }

    set(text) {
      this.value = text;
      if (!this.area || document.activeElement === this.area) return;
      this.area.value = text;
      this.paint();
    }

    text() {
      return this.area.value;
    }

    /** A short remark at the right end, such as how many series came. */
    remark(text) {
      this.note.textContent = text;
    }

    fail(message) {
      this.failure = message;
      this.firstChild.classList.toggle('bad', Boolean(message));
      this.area.setAttribute('aria-invalid', String(Boolean(message)));
      this.paint();
    }

    typed() {
      this.failure = null;
      this.firstChild.classList.remove('bad');
      this.paint();
      this.complete(false);
    }

    paint() {
      const text = this.area.value;
      const place = this.failure && sx.query.errorPlace(text, this.failure);
      const parts = place ? sx.query.marked(text, place.offset) : sx.query.parts(text);
      sx.put(this.shown, parts.map((p) => h('span', { class: 'k-' + p.kind + (p.bad ? ' k-err' : '') }, p.text)), '\u200b');
    }

    key(event) {
      const open = this.choices && this.choices.length > 0;
      if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
        event.preventDefault();
        this.at = (this.at + (event.key === 'ArrowDown' ? 1 : -1) + this.choices.length) % this.choices.length;
        this.drawChoices();
      } else if (open && (event.key === 'Tab' || (event.key === 'Enter' && this.at >= 0 && this.moved))) {
        event.preventDefault();
        this.take(this.choices[this.at]);
      } else if (event.key === 'Enter' && !event.shiftKey) {
        event.preventDefault();
        this.close();
        this.dispatchEvent(new CustomEvent('sx-run', { bubbles: true }));
      } else if (event.key === 'Escape' && open) {
        event.stopPropagation();
        this.close();
      } else if (event.key === ' ' && event.ctrlKey) {
        event.preventDefault();
        this.complete(true);
      }
      this.moved = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    }

    async complete(asked) {
      const { word, start } = sx.query.wordAt(this.area.value, this.area.selectionStart);
      const inside = /\{[^}]*$|\b(by|without|on|ignoring)\s*\([^)]*$/.test(this.area.value.slice(0, start));
      if (!asked && word.length < 2) return this.close();
      const [metrics, labels] = await Promise.all([names('label/__name__/values'), names('labels')]);
      if (document.activeElement !== this.area) return this.close();
      const pool = inside ? labels.map((n) => [n, 'label']) : [...metrics.map((n) => [n, 'metric']), ...FUNCTIONS.map((n) => [n, 'function'])];
      const wanted = word.toLowerCase();
      const rank = (n) => (n.toLowerCase().startsWith(wanted) ? 0 : 1);
      this.choices = pool.filter(([n]) => n.toLowerCase().includes(wanted) && n !== word).sort((a, b) => rank(a[0]) - rank(b[0])).slice(0, MOST);
      this.start = start;
      this.at = 0;
      return this.drawChoices();
    }

    drawChoices() {
      if (!this.choices.length) return this.close();
      if (!this.list) {
        this.list = h('div', { class: 'pop ac' });
        this.append(this.list);
      }
      this.area.setAttribute('aria-expanded', 'true');
      const sign = { metric: '#', label: 'L', function: 'ƒ' };
      sx.put(this.list, h('ul', { role: 'listbox' }, this.choices.map((c, i) => h('li', { class: i === this.at ? 'on' : '', role: 'option', 'aria-selected': String(i === this.at), onpointerdown: (e) => {
        e.preventDefault();
        this.take(c);
      } }, h('span', { class: 'ty' }, sign[c[1]]), h('span', { class: 'cut' }, c[0]), h('span', { class: 'sp' }), h('span', { class: 'dim' }, c[1])))),
      h('div', { class: 'acf' }, h('span', null, h('kbd', null, '↑'), ' ', h('kbd', null, '↓'), ' ' + t('metrics.choose')), h('span', null, h('kbd', null, 'Tab'), ' ' + t('metrics.take')), h('span', null, h('kbd', null, 'Esc'), ' ' + t('keys.close'))));
      return undefined;
    }

    take([name, kind]) {
      const text = this.area.value;
      const after = kind === 'function' ? '(' : '';
      const end = this.area.selectionStart;
      this.area.value = text.slice(0, this.start) + name + after + text.slice(end);
      const caret = this.start + name.length + after.length;
      this.area.setSelectionRange(caret, caret);
      this.close();
      this.paint();
    }

    close() {
      this.choices = [];
      if (this.area) this.area.setAttribute('aria-expanded', 'false');
      if (this.list) {
        this.list.remove();
        this.list = null;
      }
    }
  }

  const cache = new Map();

  function names(path) {
    if (!cache.has(path)) {
      cache.set(path, sx.api.prometheus(path).then((a) => a.data).catch(() => {
        cache.delete(path);
        return [];
      }));
      setTimeout(() => cache.delete(path), 60000);
    }
    return cache.get(path);
  }

  sx.define('sx-query', Query);
})();
