/** Rule groups with the state of each rule, and one rule in full. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const STATES = ['firing', 'pending', 'inactive'];

  /** The sign of a rule: its severity while it fires, else its state. */
  function sign(rule, size) {
    if (rule.health === 'err') return sx.sign('warning', size, t('alerts.failed'));
    if (rule.type === 'recording') return sx.sign('healthy', size, t('alerts.state.recording'));
    if (rule.state === 'firing') return sx.sign((rule.labels || {}).severity === 'warning' ? 'warning' : 'critical', size, t('alerts.state.firing'));
    if (rule.state === 'pending') return sx.sign('warning', size, t('alerts.state.pending'));
    return sx.sign(rule.state === 'inactive' ? 'healthy' : 'nodata', size, t('alerts.state.' + (rule.state || 'unknown')));
  }

  function oldest(rule) {
    return Math.min(...(rule.alerts || []).map((a) => a.activeAtMillis));
  }

  /** State in words, with how long. */
  function words(rule) {
    if (rule.health === 'err') return [t('alerts.failed'), 'warn'];
    if (rule.type === 'recording') return [t('alerts.state.recording'), 'mute'];
    const since = (rule.alerts || []).length ? sx.time.length(Date.now() - oldest(rule)) : '';
    if (rule.state === 'firing') return [t('alerts.firingFor', since), 'err'];
    if (rule.state === 'pending') return [t('alerts.pendingFor', since, sx.time.length(rule.forMillis || 0)), 'warn'];
    return [t('alerts.state.' + (rule.state || 'unknown')), 'mute'];
  }

  /** Expression and limit where the rule compares with a number. */
  function limitOf(expression) {
    const m = /^(.*?)\s*(>=|<=|>|<|==|!=)\s*(-?\d+(?:\.\d+)?(?:e-?\d+)?)\s*$/s.exec(expression);
    return m ? { expression: m[1], operator: m[2], value: Number(m[3]) } : { expression, operator: null, value: null };
  }

  class Alerts extends sx.Page {
    build() {
      this.count = h('span', { class: 'mute sm' });
      this.tools = h('div', { class: 'ph', style: 'height:48px' });
      this.list = h('div', { class: 'scroll fill', role: 'listbox', 'aria-label': t('nav.alerts') });
      this.detail = h('sx-rule', { class: 'panel ad' });
      this.content = h('div', { class: 'aw' });
      sx.put(this, parts.title(t('nav.alerts'), this.count), this.content);
    }

    body() {
      return this.content;
    }

    addressChanged(keys) {
      const local = keys.length > 0 && keys.every((k) => ['rule', 'q', 'state'].includes(k));
      if (local && this.data) this.show(this.data);
      else this.reload();
    }

    fetch(signal) {
      return sx.api.get('alerts', {}, signal);
    }

    show(data) {
      const all = data.groups.flatMap((g) => g.rules.map((rule) => ({ rule, group: g, id: g.name + '/' + rule.name })));
      this.count.textContent = t('alerts.count', all.length, data.groups.length);
      if (!all.length) {
        sx.put(this.content, h('section', { class: 'panel fill' }, parts.empty(t('alerts.empty'), t('alerts.empty.hint'), parts.command('YAML', [['alerting:\n  rules:\n    - '], ['/etc/sextant/*.rules.yml', 'str']]))));
        return;
      }
      if (this.list.parentNode === null || !this.list.isConnected) sx.put(this.content, h('section', { class: 'panel alist' }, this.tools, this.list), this.detail);
      this.showTools(all);
      const q = sx.state.get('q').toLowerCase();
      const state = sx.state.get('state');
      const shown = all.filter((e) => (!state || e.rule.state === state) && (!q || e.rule.name.toLowerCase().includes(q)));
      const rank = { firing: 0, pending: 1 };
      const first = shown.slice().sort((a, b) => (rank[a.rule.state] ?? 2) - (rank[b.rule.state] ?? 2))[0];
      const chosen = all.find((e) => e.id === sx.state.get('rule')) || first;
      sx.put(this.list, shown.length ? data.groups.map((g) => this.group(g, shown.filter((e) => e.group === g), chosen)) : parts.empty(t('alerts.none'), ''));
      if (chosen) this.detail.show(chosen);
      else sx.put(this.detail, parts.empty(t('alerts.choose'), ''));
    }

    showTools(all) {
      const number = (s) => all.filter((e) => e.rule.state === s).length;
      const signs = { firing: 'critical', pending: 'warning', inactive: 'healthy' };
      const choices = [{ value: '', label: t('alerts.all') }].concat(STATES.map((s) => ({ value: s, title: t('alerts.state.' + s), label: [sx.sign(signs[s], 12, t('alerts.state.' + s)), ' ' + number(s)] })));
      const chosen = parts.segments(choices, sx.state.get('state'), (s) => sx.state.set({ state: s }, true), t('alerts.state'));
      if (this.find && this.find.contains(document.activeElement)) {
        this.tools.replaceChild(chosen, this.tools.lastChild);
        return;
      }
      this.find = parts.search(t('alerts.filter'), sx.state.get('q'), (q) => sx.state.set({ q }), { 'data-query': true });
      sx.put(this.tools, this.find, chosen);
    }

    group(group, entries, chosen) {
      if (!entries.length) return null;
      const firing = entries.filter((e) => e.rule.state === 'firing').length;
      return [h('div', { class: 'gh', title: group.file }, h('b', { class: 'cut' }, group.name), h('span', { class: 'sp' }), h('span', { class: 'mute' }, firing ? t('alerts.group.firing', firing) : sx.tn('alerts.group.rules', entries.length))),
        entries.map((e) => this.row(e, e === chosen))];
    }

    row({ rule, id }, on) {
      const [text, tone] = words(rule);
      const { value } = limitOf(rule.expression);
      const unit = unitFor(rule);
      const now = (rule.alerts || []).length ? rule.alerts[0].value : null;
      return h('button', { class: on ? 'plain ar on' : 'plain ar', type: 'button', role: 'option', 'aria-selected': String(on), 'data-key': id, onclick: () => sx.state.set({ rule: id }, true) }, sign(rule),
        h('span', { class: 'cut' }, h('span', { class: rule.state === 'firing' ? 'b cut block' : 'cut block', title: rule.name }, rule.name), h('span', { class: 'sm ' + tone }, text)), h('span', { class: 'sp' }),
        rule.type !== 'recording' && h('span', { class: 'r nw' }, h('b', { class: now === null ? 'dim' : tone }, sx.format.text(sx.format.by(unit)(now))), value !== null && h('span', { class: 'sm mute block' }, t('alerts.limit', sx.format.brief(sx.format.by(unit)(value))))));
    }
  }

  /** The unit of what a rule compares: a share where its limit is at most 1 and it divides. */
  function unitFor(rule) {
    const { expression, value } = limitOf(rule.expression);
    return value !== null && Math.abs(value) <= 1 && expression.includes('/') ? 'share' : sx.format.unitOf(expression);
  }

  sx.rules = { sign, words, limitOf, unitFor, oldest };
  sx.define('sx-alerts', Alerts);
})();
