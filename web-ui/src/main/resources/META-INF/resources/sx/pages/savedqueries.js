/** The panel below a query box's star: saves what the box says under a name, runs, renames and removes what was saved. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t } = sx;
  const LONGEST = 80;

  /**
   * Opens it below a button.
   *
   * box is asked for text() and told which text to run by use(text).
   */
  sx.savedQueries = function (button, language, box) {
    const name = h('input', { class: 'field', placeholder: t('query.saved.name'), 'aria-label': t('query.saved.name'), maxlength: LONGEST, autocomplete: 'off' });
    const list = h('ul', { class: 'svl' });
    const panel = h('div', { class: 'svq', role: 'dialog', 'aria-label': t('query.saved') });
    const draw = () => {
      const all = sx.saved.list(language.name);
      sx.put(list, all.length ? all.map(row) : h('li', { class: 'mute sm' }, t('query.saved.none')));
    };
    const save = () => {
      const given = name.value.trim();
      const text = box.text().trim();
      if (!given || !text) {
        sx.notice(t(given ? 'query.saved.noText' : 'query.saved.noName'), 'warning');
        return name.focus();
      }
      if (sx.saved.put(language.name, given, text)) name.value = '';
      return draw();
    };
    const small = (icon, label, of, act) => h('button', { class: 'btn ghost s sq', type: 'button', title: t(label), 'aria-label': t(label) + ' ' + of.name, onclick: act }, sx.icon(icon, 12));

    function row(of) {
      const use = h('button', { class: 'plain svr', type: 'button', title: of.text, onclick: () => {
        sx.popup.close(true);
        box.use(of.text);
      } }, h('b', { class: 'cut' }, of.name), h('code', { class: 'cut' }, language.parts(of.text).map((p) => h('span', { class: 'k-' + p.kind }, p.text))));
      const item = h('li', { class: 'row gap4' }, use, small('edit', 'query.saved.rename', of, () => rename(item, of)), small('close', 'query.saved.remove', of, () => {
        sx.saved.remove(language.name, of.name);
        draw();
      }));
      return item;
    }

    function rename(item, of) {
      const next = h('input', { class: 'field', 'aria-label': t('query.saved.rename'), maxlength: LONGEST });
      next.value = of.name;
      const done = () => {
        const given = next.value.trim();
        if (given && given !== of.name && !sx.saved.rename(language.name, of.name, given)) {
          sx.notice(t('query.saved.taken', given), 'warning');
          return next.focus();
        }
        return draw();
      };
      next.addEventListener('keydown', (e) => e.key === 'Enter' && done());
      sx.put(item, next, h('button', { class: 'btn s', type: 'button', onclick: done }, t('action.apply')));
      next.focus();
      next.select();
    }

    name.addEventListener('keydown', (e) => e.key === 'Enter' && save());
    draw();
    sx.put(panel, h('div', { class: 'row' }, name, h('button', { class: 'btn', type: 'button', 'data-key': 'save', onclick: save }, t('query.saved.save'))), list, h('p', { class: 'dim xs' }, t('query.saved.hint')));
    sx.popup.show(button, panel);
  };
})();
