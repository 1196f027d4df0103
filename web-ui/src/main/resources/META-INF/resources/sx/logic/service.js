/** A service's monogram. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});

  /** Two capital letters: the first of the first two words, else the first two letters. */
  sx.monogram = function (name) {
    const words = String(name).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    if (words.length === 0) return '?';
    const letters = words.length > 1 ? first(words[0]) + first(words[1]) : [...words[0]].slice(0, 2).join('');
    return letters.toUpperCase();
  };

  /** The slot of a hue, 1 to 16; 0 where there is none. */
  sx.hue = function (hue) {
    return Number.isInteger(hue) && hue > 0 ? ((hue - 1) % 16) + 1 : 0;
  };

  function first(word) {
    return [...word][0];
  }
})();

/** What the page of one service asks and shows. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const KINDS = ['database', 'cache', 'rpc', 'http', 'message'];

  /** A query in TraceQL for a service's spans of which every condition holds: texts, or {field, value} to be equal. */
  function query(service, conditions) {
    const text = (c) => (typeof c === 'string' ? c : c.field + ' = ' + sx.traceql.quote(c.value));
    const named = service === sx.spanset.UNKNOWN ? sx.spanset.UNNAMED : { field: 'resource.service.name', value: service };
    return '{ ' + [named, ...conditions].map(text).join(' && ') + ' }';
  }

  /** The query for the spans of a group of errors. */
  function errorQuery(service, type) {
    const equal = ' = ' + sx.traceql.quote(type);
    return query(service, [type ? '(event.exception.type' + equal + ' || span.error.type' + equal + ')' : 'status = error']);
  }

  /** Who calls a service and whom it calls: {callers, callees}, each {node, edge}, most called first. */
  function neighbours(graph, name) {
    const nodes = new Map(graph.nodes.map((n) => [n.id, n]));
    const list = (from, to) =>
      graph.edges
        .filter((e) => e[from] === name)
        .map((e) => ({ node: nodes.get(e[to]) || { id: e[to], name: e[to], kind: 'service', hue: null }, edge: e }))
        .sort((a, b) => (b.edge.rate || 0) - (a.edge.rate || 0));
    return { callers: list('to', 'from'), callees: list('from', 'to') };
  }

  /** Where charts mark that a version came: [{at, name}], in milliseconds. */
  function marks(versions) {
    return versions.filter((v) => v.isNew).map((v) => ({ at: millis(v.firstNanos), name: v.version }));
  }

  /** Nanoseconds since the epoch, which are too large for a number, as milliseconds. */
  function millis(nanos) {
    return Math.floor(Number(nanos) / 1e6);
  }

  /** How many calls of each kind there are; of all kinds under the empty name. */
  function counts(calls) {
    const found = { '': calls.length };
    for (const kind of KINDS) found[kind] = calls.filter((c) => c.kind === kind).length;
    return found;
  }

  /** A matrix's series as points of a line, with a gap where samples are missing. */
  function points(values, step) {
    const found = [];
    let last = null;
    for (const [at, text] of values) {
      if (last !== null && at - last > step * 1.5) found.push([last * 1000 + 1, null]);
      found.push([at * 1000, Number.isFinite(Number(text)) ? Number(text) : null]);
      last = at;
    }
    return found;
  }

  /** The durations of the calls that a service answered, as a selector of PromQL. */
  function latency(name) {
    return 'traces_spanmetrics_latency_bucket{service=' + quote(name) + ',span_kind=~"SPAN_KIND_SERVER|SPAN_KIND_CONSUMER"}';
  }

  /**
   * Questions about a service's JVMs, by instance: [{key, unit, expression}]; window is a duration in PromQL. By the names of
   * OpenTelemetry's conventions (the agents' and SkyWalking's as they are stored), of Micrometer and of Prometheus' client;
   * of an instance that sends several the first. Who names no service has no job.
   */
  function jvm(name, window) {
    const none = name === sx.spanset.UNKNOWN ? '|' : '';
    const job = 'job=~' + quote('(.*/)?' + name.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&') + none);
    const of = (metric, more) => metric + '{' + job + (more || '') + '}';
    const sum = (...metrics) => metrics.map((m) => 'sum by (instance) (' + m + ')').join(' or ');
    const rate = (metric) => 'rate(' + of(metric) + '[' + window + '])';
    const most = (...metrics) => metrics.map((m) => 'max by (instance) (' + of(m) + ')').join(' or ');
    return [
      { key: 'heap', unit: 'bytes', expression: sum(of('jvm_memory_used_bytes', ',jvm_memory_type="heap"'), of('jvm_memory_used_bytes', ',area="heap"'), of('jvm_memory_bytes_used', ',area="heap"')) },
      { key: 'gc', unit: 'share', expression: sum(rate('jvm_gc_duration_seconds_sum'), 'histogram_sum(' + rate('jvm_gc_duration_seconds') + ')', rate('jvm_gc_pause_seconds_sum'), rate('jvm_gc_pause_milliseconds_sum') + ' / 1000', rate('jvm_gc_collection_seconds_sum')) },
      { key: 'threads', unit: 'count', expression: sum(of('jvm_thread_count'), of('jvm_threads_live_threads'), of('jvm_threads_live'), of('jvm_threads_current')) },
      { key: 'cpu', unit: 'share', expression: most('jvm_cpu_recent_utilization_ratio', 'process_cpu_usage') },
    ];
  }

  /** A text as one word of a shell, whatever stands in it. */
  function shell(text) {
    return /^[\w./:-]+$/.test(text) ? text : "'" + text.replace(/'/g, "'\\''") + "'";
  }

  function quote(text) {
    return '"' + text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n') + '"';
  }

  sx.service = { KINDS, query, errorQuery, neighbours, marks, millis, counts, points, latency, jvm, shell };
})();
