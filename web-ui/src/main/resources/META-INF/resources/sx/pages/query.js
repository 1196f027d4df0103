/**
 * A box for a query in one of sx.languages (data-language, else PromQL): the text area is on top, its text transparent;
 * below it the same text in colours, an error underlined at its place. While one types it offers what may stand at the
 * caret; arrows, Tab and Escape choose. Enter runs, with Shift it begins a line; what ran before is kept in a menu. With
 * data-saved a star keeps what is typed under a name.
 */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t } = sx;

  class Query extends HTMLElement {
    connectedCallback() {
      if (this.area) return;
      this.language = sx.languages[this.dataset.language || 'promql'];
      this.shown = h('div', { class: 't', 'aria-hidden': 'true' });
      this.area = h('textarea', {
        rows: 1, spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', placeholder: t(this.language.placeholder), 'aria-label': this.language.name, maxlength: 20000,
        role: 'combobox', 'aria-expanded': 'false', 'aria-autocomplete': 'list',
      });
      if (this.dataset.first !== undefined) this.area.dataset.query = '';
      this.area.value = this.value || '';
      this.area.addEventListener('input', () => this.typed());
      this.area.addEventListener('keydown', (e) => this.key(e));
      this.area.addEventListener('blur', () => setTimeout(() => this.close(), 150));
      this.note = h('span', { class: 'dim sm' });
      this.className = 'qbox';
      const past = h('button', { class: 'btn ghost s sq', type: 'button', title: t('query.history'), 'aria-label': t('query.history'), 'aria-haspopup': 'menu', onclick: () => this.past(past) }, sx.icon('history'));
      const star = this.dataset.saved !== undefined && h('button', { class: 'btn ghost s sq', type: 'button', title: t('query.saved'), 'aria-label': t('query.saved'), 'data-key': 'saved', 'aria-haspopup': 'dialog',
        onclick: () => sx.savedQueries(star, this.language, this) }, sx.icon('star'));
      sx.put(this, h('div', { class: 'q' }, h('div', { class: 'qt' }, this.shown, this.area), this.note, past, star));
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
      const place = this.failure && this.language.errorPlace(text, this.failure);
      const parts = place ? sx.query.marked(text, place.offset, this.language.parts) : this.language.parts(text);
      sx.put(this.shown, parts.map((p) => h('span', { class: 'k-' + p.kind + (p.bad ? ' k-err' : '') }, p.text)), '\u200b');
    }

    key(event) {
      const open = this.choices && this.choices.length > 0 && this.offered === this.area.value;
      if (event.key === 'Tab' && !event.shiftKey && this.list && !open) {
        event.preventDefault();
        this.takeLate();
        return;
      }
      if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
        event.preventDefault();
        this.at = (this.at + (event.key === 'ArrowDown' ? 1 : -1) + this.choices.length) % this.choices.length;
        this.drawChoices();
      } else if (open && (event.key === 'Tab' || (event.key === 'Enter' && this.at >= 0 && this.moved))) {
        event.preventDefault();
        this.take(this.choices[this.at]);
      } else if (event.key === 'Enter' && !event.shiftKey) {
        event.preventDefault();
        this.run();
      } else if (event.key === 'Escape' && open) {
        event.stopPropagation();
        this.close();
      } else if (event.key === ' ' && event.ctrlKey) {
        event.preventDefault();
        this.complete(true);
      }
      this.moved = event.key === 'ArrowDown' || event.key === 'ArrowUp';
    }

    run() {
      this.close();
      sx.history.add(this.language.name, this.area.value);
      this.dispatchEvent(new CustomEvent('sx-run', { bubbles: true }));
    }

    past(button) {
      const list = sx.history.list(this.language.name);
      if (!list.length) return sx.notice(t('query.noHistory'));
      return sx.popup.menu(button, list.map((text) => ({ value: text, label: h('code', { class: 'cut past', title: text }, this.language.parts(text).map((p) => h('span', { class: 'k-' + p.kind }, p.text))) })), this.area.value, (text) => this.use(text));
    }

    /** Runs a text as if it had been typed. */
    use(text) {
      this.area.value = text;
      this.fail(null);
      this.run();
    }

    /** Takes the best choice once those for the text as it is now are known. */
    async takeLate() {
      const text = this.area.value;
      await this.pending;
      if (this.area.value === text && this.offered === text && this.choices.length) this.take(this.choices[this.at]);
    }

    complete(asked) {
      this.pending = this.completed(asked);
      return this.pending;
    }

    async completed(asked) {
      const text = this.area.value;
      const place = this.language.at(text, this.area.selectionStart);
      if (!place || (!asked && !this.language.eager.has(place.kind) && place.word.length < 2)) return this.close();
      const pool = await this.language.suggest(place);
      if (document.activeElement !== this.area || this.area.value !== text) return undefined;
      this.choices = sx.complete.offer(pool, place.word.replace(this.language.before, ''));
      this.place = place;
      this.offered = text;
      this.at = 0;
      return this.drawChoices();
    }

    drawChoices() {
      if (!this.choices.length) return this.close();
      if (!this.list) {
        this.list = h('div', { class: 'pop ac' });
        this.append(this.list);
      }
      const id = (i) => 'ac-' + this.choices[i].kind + '-' + i;
      this.area.setAttribute('aria-expanded', 'true');
      this.area.setAttribute('aria-activedescendant', id(this.at));
      const item = (c, i) => h('li', { id: id(i), class: i === this.at ? 'on' : '', role: 'option', 'aria-selected': String(i === this.at), onpointerdown: (e) => {
        e.preventDefault();
        this.take(c);
      } }, h('span', { class: 'ty', 'aria-hidden': 'true' }, this.language.signs[c.kind]), h('span', { class: 'cut' }, c.text), h('span', { class: 'sp' }), h('span', { class: 'dim' }, c.type || t('complete.' + c.kind)));
      const chosen = this.choices[this.at];
      const list = h('ul', { role: 'listbox' }, this.choices.map(item));
      sx.put(this.list, list, chosen.help && h('div', { class: 'ach' }, chosen.code ? h('code', null, chosen.help) : chosen.help),
      h('div', { class: 'acf' }, h('span', null, h('kbd', null, '↑'), ' ', h('kbd', null, '↓'), ' ' + t('metrics.choose')), h('span', null, h('kbd', null, 'Tab'), ' ' + t('metrics.take')), h('span', null, h('kbd', null, 'Esc'), ' ' + t('keys.close'))));
      list.children[this.at].scrollIntoView({ block: 'nearest' });
      return undefined;
    }

    take(choice) {
      const taken = this.language.take(this.area.value, this.place, choice);
      this.area.value = taken.text;
      this.area.setSelectionRange(taken.caret, taken.caret);
      this.failure = null;
      this.firstChild.classList.remove('bad');
      this.close();
      this.paint();
      if (taken.more) this.complete(this.language.goesOn(this.place, choice));
    }

    close() {
      this.choices = [];
      if (this.area) {
        this.area.setAttribute('aria-expanded', 'false');
        this.area.removeAttribute('aria-activedescendant');
      }
      if (this.list) {
        this.list.remove();
        this.list = null;
      }
    }
  }

  sx.define('sx-query', Query);
})();
