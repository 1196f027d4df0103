/** The first run: what to start, what to send, and signs that turn green by themselves when something arrives. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const { h, t, parts } = sx;
  const EVERY = 2000;
  const SIGNALS = [
    ['spans', 'traces'],
    ['lines', 'logs'],
    ['samples', 'metrics'],
  ];
  const PORTS = ['otlp_grpc', 'otlp_http', 'http', 'ui'];

  class Welcome extends HTMLElement {
    connectedCallback() {
      this.signals = h('div', { class: 'sgs', 'aria-live': 'polite' });
      this.steps = h('ol', { class: 'stp' });
      this.ports = h('ul', { class: 'pts' });
      this.tenant = h('p', { class: 'mute sm' });
      this.checks = h('ul', { class: 'chk' });
      sx.put(
        this,
        h('div', { class: 'ew' },
          h('section', { class: 'panel ep' }, h('h1', null, t('welcome.title')), h('p', { class: 'mute' }, t('welcome.hint')), this.signals, this.steps),
          h('div', { class: 'col', style: 'gap:8px' },
            h('section', { class: 'panel sd' }, h('h2', null, t('welcome.listening')), this.ports, this.tenant),
            h('section', { class: 'panel sd' }, h('h2', null, t('welcome.nothing')), this.checks))),
        h('section', { class: 'panel', 'aria-hidden': 'true' }, h('div', { class: 'skr dim' }, t('welcome.here')), [1, 2, 3].map(() => this.ghost())),
      );
      this.timer = setInterval(() => document.hidden || this.ask(), EVERY);
      this.ask();
    }

    disconnectedCallback() {
      clearInterval(this.timer);
    }

    ghost() {
      const bar = (w) => h('span', { class: 'sk', style: 'height:12px;width:' + w + 'px' });
      return h('div', { class: 'skr' }, h('span', { class: 'sk', style: 'width:16px;height:16px;border-radius:8px' }), bar(140), h('span', { class: 'sp' }), bar(72), bar(88), bar(56), bar(88));
    }

    async ask() {
      const status = await sx.api.get('status').catch(() => null);
      if (!this.session) this.session = await fetch('/session', { credentials: 'same-origin' }).then((r) => r.json()).catch(() => ({}));
      if (!status || !this.isConnected) return;
      const before = this.received || {};
      this.received = status.received || {};
      this.showSignals(this.received);
      if (!this.drawn) {
        this.drawn = true;
        this.showSteps(status);
        this.showPorts(status);
      }
      this.showStep(2, Object.values(this.received).some((n) => n > 0));
      this.showChecks(status);
      if ((this.received.spans || 0) > 0 && (before.spans || 0) !== this.received.spans) sx.state.tick();
    }

    showSignals(received) {
      sx.put(this.signals, SIGNALS.map(([key, page]) => {
        const n = received[key] || 0;
        return h('div', { class: n ? 'sg k' : 'sg', 'data-signal': page }, sx.icon(page),
          h('div', null, h('div', { class: 'b' }, t('nav.' + page)), h('div', { class: n ? 'ok sm' : 'mute sm' }, n ? sx.tn('welcome.' + key, n) : t('welcome.waiting'))),
          h('span', { class: 'sp' }), n ? sx.sign('healthy', 20, t('welcome.received')) : h('span', { class: 'dots pulse', 'aria-hidden': 'true' }, '•••'));
      }));
    }

    showSteps(status) {
      const host = location.hostname;
      const ports = status.ports || {};
      const jar = status.agentJar || 'sextant-agent.jar';
      const receiver = 'http://' + host + ':' + (ports.otlp_http || 4318);
      const java = [
        ['java '], ['-javaagent:' + jar, 'fn'], [' \\\n  '], ['-Dotel.service.name', 'fn'], ['='], ['orders', 'str'], [' \\\n  '],
        ['-Dotel.exporter.otlp.endpoint', 'fn'], ['='], [receiver, 'str'], [' \\\n  -jar orders.jar'],
      ];
      const token = this.session.loginNeeded ? [[' \\\n  '], ['-Dotel.exporter.otlp.headers', 'fn'], ['='], ["'Authorization=Bearer TOKEN'", 'str']] : [];
      const authorization = this.session.loginNeeded ? [[' \\\n  -H '], ["'Authorization: Bearer TOKEN'", 'str']] : [];
      java.splice(-1, 0, ...token);
      const line = '{"resourceLogs":[{"resource":{"attributes":[\n      {"key":"service.name","value":{"stringValue":"hello"}}]},\n      "scopeLogs":[{"logRecords":[{"severityText":"INFO",\n      "body":{"stringValue":"Hello, Sextant"}}]}]}]}';
      const curl = [['curl -sS '], [receiver + '/v1/logs', 'str'], [' \\\n  -H '], ["'Content-Type: application/json'", 'str'], ...authorization, [' \\\n  -d '], ["'" + line + "'", 'str']];
      sx.put(this.steps, this.step(1, t('welcome.agent'), parts.command(t('welcome.shell'), java)), this.step(2, t('welcome.curl'), parts.command(t('welcome.shell'), curl)));
    }

    step(number, title, content) {
      return h('li', null, h('span', { class: 'no' }, String(number)), h('div', null, h('h2', null, title), content));
    }

    showStep(number, done) {
      const sign = this.steps.children[number - 1] && this.steps.children[number - 1].querySelector('.no');
      if (!sign || sign.classList.contains('d') === done) return;
      sign.classList.toggle('d', done);
      sx.put(sign, done ? sx.icon('check') : String(number));
    }

    showPorts(status) {
      const ports = status.ports || {};
      const names = PORTS.filter((p) => ports[p]).concat(Object.keys(ports).filter((p) => !PORTS.includes(p)));
      sx.put(this.ports, names.map((name) => h('li', null, h('b', { class: 'mono' }, String(ports[name])), h('span', { class: 'mute' }, PORTS.includes(name) ? t('port.' + name) : name))));
      this.tenant.textContent = t('welcome.tenant', status.tenant || 'default');
    }

    showChecks(status) {
      const item = (sign, text) => h('li', null, sx.sign(sign), h('span', null, text));
      const refused = status.refused || [];
      const last = refused[0];
      sx.put(
        this.checks,
        item('healthy', t('welcome.up', status.version || '')),
        status.disk && item(status.disk.usableBytes > 2 ** 30 ? 'healthy' : 'warning', t('welcome.disk', sx.format.text(sx.format.bytes(status.disk.usableBytes)))),
        last ? item('warning', sx.tn('welcome.refused', refused.length, last.path, last.status, last.reason)) : item('healthy', t('welcome.noneRefused')),
      );
    }
  }

  sx.define('sx-welcome', Welcome);
})();
