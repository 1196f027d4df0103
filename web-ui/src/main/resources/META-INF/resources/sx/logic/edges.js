/** What leads from an edge of the service graph elsewhere, and what it is compared with. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const HOUR = 3600000;
  const BEFORE = { '1h': HOUR, '1d': 24 * HOUR, '1w': 7 * 24 * HOUR };

  // Attributes that name the other side of a call, as derivation asks them: the first that is there names it.
  const HOSTS = ['peer.service', 'upstream_cluster.name', 'upstream_cluster', 'server.address', 'net.peer.name', 'peer.hostname', 'net.peer.ip', 'network.peer.address', 'peer.address'];
  const URLS = ['http.host', 'url.full', 'http.url'];
  const MAKES = ['db.system.name', 'db.system', 'db.type'];
  const DATABASES = ['peer.service', 'db.namespace', 'db.name', 'db.instance', 'server.address', 'net.peer.name', 'peer.hostname', ...MAKES];
  const CACHES = ['peer.service', 'server.address', 'net.peer.name', 'peer.hostname', 'net.peer.ip', ...MAKES];
  const DESTINATIONS = ['messaging.destination.template', 'messaging.destination.name', 'messaging.destination', 'message_bus.destination'];
  const BROKERS = [...DESTINATIONS, 'messaging.system', 'server.address'];
  const RECEIVES = '(span.messaging.operation.type = "receive" || span.messaging.operation = "receive")';

  const quoted = (text) => JSON.stringify(String(text));
  const isService = (node) => node.kind === 'service' || node.kind === 'gateway';
  const of = (node) => 'resource.service.name = ' + quoted(node.name);
  const is = (key, name) => 'span.' + key + ' = ' + quoted(name);

  // TraceQL's && and || bind alike, so that each is in parentheses of its own.

  /** That the first of the attributes a span has is a name; or, where it has none of them, something else. */
  function named(keys, name, otherwise) {
    const [key, ...rest] = keys;
    const next = rest.length ? named(rest, name, otherwise) : otherwise;
    return '(' + is(key, name) + (next ? ' || (span.' + key + ' = nil && ' + next + ')' : '') + ')';
  }

  /** That the host of the first URL a span has is one. */
  function addressed(keys, host) {
    const pattern = '([^/?#]*://)?([^/?#]*@)?' + host.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') + '(:[^/?#]*)?([/?#].*)?';
    const [key, ...rest] = keys;
    const next = rest.length ? ' || (span.' + key + ' = nil && ' + addressed(rest, host) + ')' : '';
    return '(span.' + key + ' =~ ' + quoted(pattern) + next + ')';
  }

  /** What calls: a proxy with one span for both sides, with that of the server. */
  const calls = (node) => (node.kind === 'gateway' ? '(kind = client || kind = server)' : 'kind = client');
  const host = (node) => named(HOSTS, node.name, addressed(URLS, node.name));

  /** TraceQL for the traces with a call of an edge, whose type is as the API has it; empty for what is no edge of its own. */
  function traceQl(from, to, type) {
    if (from.kind === 'group' || to.kind === 'group') return '';
    if (from.kind === 'client') return '{ ' + of(to) + ' && kind = server && nestedSetParent < 0 }';
    if (from.kind === 'queue') return '{ ' + of(to) + ' && (kind = consumer || (kind = client && ' + RECEIVES + ')) && ' + named(DESTINATIONS, from.name) + ' }';
    if (to.kind === 'queue') return '{ ' + of(from) + ' && (kind = producer || (kind = client && !' + RECEIVES + ')) && ' + named(BROKERS, to.name) + ' }';
    if (to.kind === 'database' || to.kind === 'cache') return '{ ' + of(from) + ' && kind = client && ' + named(to.kind === 'cache' ? CACHES : DATABASES, to.name) + ' }';
    if (to.kind === 'external') return '{ ' + of(from) + ' && ' + calls(from) + ' && ' + host(to) + ' }';
    if (type === 'virtual_node') return '{ kind = server } !< { ' + of(from) + ' && ' + calls(from) + ' && ' + host(to) + ' }';
    return '{ ' + of(from) + ' && (kind = client || kind = producer' + (from.kind === 'gateway' ? ' || kind = server' : '') + ') } > { ' + of(to) + ' && (kind = server || kind = consumer) }';
  }

  /** PromQL for an edge's rate; empty for what is no edge of its own. */
  function promQl(from, to) {
    if (from.kind === 'group' || to.kind === 'group') return '';
    const queue = from.kind === 'queue' ? from : to.kind === 'queue' ? to : null;
    const rate = (labels) => 'sum by (client, server) (rate(traces_service_graph_request_total{' + labels + '}[5m]))';
    if (!queue) return rate('client=' + quoted(from.name) + ', server=' + quoted(to.name));
    const service = queue === from ? 'server=' + quoted(to.name) : 'client=' + quoted(from.name);
    const end = (queue === from ? 'client=' : 'server=') + quoted(queue.name);
    return rate(service + ', queue=' + quoted(queue.name)) + ' or ' + rate(service + ', ' + end);
  }

  /** The range that another is compared with: before, 1h, 1d, 1w, or two ends in milliseconds with a comma; null for none. */
  function base({ from, to }, against) {
    if (against === 'before') return { from: from - (to - from), to: from };
    if (BEFORE[against]) return { from: from - BEFORE[against], to: to - BEFORE[against] };
    const own = /^(\d{11,}),(\d{11,})$/.exec(against || '');
    return own && Number(own[1]) < Number(own[2]) ? { from: Number(own[1]), to: Number(own[2]) } : null;
  }

  /** A change as people read it, with a sign that tells its direction without colour: {text, worse}. */
  function change({ figure, absolute, relative }) {
    const sign = absolute > 0 ? '▲' : '▼';
    const plus = absolute > 0 ? '+' : '−';
    const share = figure === 'errorShare';
    const size = share ? sx.format.significant(Math.abs(absolute) * 100) + ' pp' : relative === null ? '' : Math.round(Math.abs(relative) * 100) + ' %';
    const amount = size || sx.format.text((figure === 'p95' ? sx.format.seconds : sx.format.rate)(Math.abs(absolute)));
    return { figure, text: sign + ' ' + plus + amount, worse: figure !== 'rate' && absolute > 0, better: figure !== 'rate' && absolute < 0 };
  }

  /** The moment that a range's graph ends at, and the window before it: a twelfth of the range, a minute at least. */
  function moment(range, at) {
    const width = Math.max(60000, (range.to - range.from) / 12);
    const end = Math.min(range.to, Math.max(range.from + width, Number(at)));
    return { from: end - width, to: end };
  }

  /** The time to look for something in that a graph shows: {from, to} of the moment, or where it vanished, of the base; {} for the range. */
  function when({ range, at, base }, state) {
    const shown = state === 'vanished' && base ? base : at ? moment(range, at) : null;
    return shown ? { from: Math.round(shown.from), to: Math.round(shown.to) } : {};
  }

  /** What stands for a state without colour. */
  const SIGNS = { new: '+', vanished: '×', changed: '≠' };

  sx.edges = { SIGNS, traceQl, when, promQl, base, change, moment, isService };
})();
