/** The panel that chooses a trace to compare with another: its id, or one of the newest of the same root operation. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const MOST = 20;
  const AROUND = 1800000;

  /** Traces whose root is the same operation, as a query. */
  function alike(root) {
    const [service, name] = root.orphan ? ['resource.service.name', 'name'] : ['rootServiceName', 'rootName'];
    return '{ ' + service + ' = ' + sx.traceql.quote(root.resource.service) + ' && ' + name + ' = ' + sx.traceql.quote(root.span.name) + ' }';
  }

  /** The range shown, made longer where the trace lies outside of it. */
  function around(startMillis) {
    const { from, to } = sx.state.range();
    return sx.api.between({ from: Math.min(from, startMillis - AROUND), to: Math.max(to, startMillis + AROUND) });
  }

  /**
   * Opens it below a button.
   *
   * data is the trace's page's, null where no trace is there to take the operation of; choose is told the id.
   */
  sx.pickTrace = function (button, data, choose) {
    const chosen = (id) => {
      sx.popup.close(false);
      choose(id);
    };
    const input = h('input', { class: 'field mono', placeholder: t('tracediff.paste'), 'aria-label': t('tracediff.paste'), maxlength: 512, spellcheck: 'false', autocomplete: 'off' });
    const take = () => {
      const id = sx.address.traceId(input.value);
      if (id) return chosen(id);
      input.setAttribute('aria-invalid', 'true');
      return sx.notice(t('tracediff.badId'), 'warning');
    };
    input.addEventListener('keydown', (e) => e.key === 'Enter' && take());
    const list = h('div', { class: 'tpk', role: 'listbox', 'aria-label': t('tracediff.recent') });
    const panel = h('div', { class: 'svq', role: 'dialog', 'aria-label': t('tracediff.with') },
      h('div', { class: 'row' }, input, h('button', { class: 'btn', type: 'button', onclick: take }, t('tracediff.compare'))), list);
    sx.popup.show(button, panel);
    if (data && data.tree.roots.length && panel.isConnected) offer(list, data, chosen);
  };

  async function offer(list, { tree, startMillis }, chosen) {
    sx.put(list, h('p', { class: 'dim sm' }, t('state.loading')));
    try {
      const found = await sx.api.get('traces', { ...around(startMillis), q: alike(tree.roots[0]), limit: MOST + 1 });
      const others = found.traces.filter((tr) => tr.traceId !== tree.traceId).slice(0, MOST);
      sx.put(list, h('h3', null, t('tracediff.recent')), others.length ? others.map((tr) => choice(tr, chosen)) : h('p', { class: 'mute sm' }, t('tracediff.none')));
    } catch (failure) {
      sx.put(list, h('p', { class: 'err sm any', role: 'alert' }, failure.message));
    }
  }

  function choice(tr, chosen) {
    const services = tr.services || [];
    const hue = (services.find((s) => s.service === tr.rootService) || {}).hue;
    return h('button', { class: 'plain', type: 'button', role: 'option', 'data-trace': tr.traceId, onclick: () => chosen(tr.traceId) },
      h('span', { class: 'mono' }, sx.time.full(sx.time.ofNanos(tr.startNanos))), parts.chip(tr.rootService, hue), h('span', { class: 'cut', title: tr.rootName }, tr.rootName || t('traces.noName')),
      h('span', { class: 'num' }, parts.value(sx.format.nanos(tr.durationNanos))), h('span', { class: 'num dim' }, sx.tn('trace.spanCount', tr.spans)),
      tr.errors ? h('span', { class: 'row gap4 err' }, sx.sign('critical', 12, t('figure.error')), sx.format.text(sx.format.count(tr.errors))) : h('span', { class: 'dim' }, '—'));
  }
})();
