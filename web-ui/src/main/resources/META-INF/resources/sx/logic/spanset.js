/**
 * What the filters above the query box say, as TraceQL and back: one spanset of conditions that all hold. A query that
 * says more has no such form.
 */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const OPERATORS = new Set(['=', '!=', '>', '>=', '<', '<=', '=~', '!~']);
  const SERVICE = 'resource.service.name';
  const DURATION = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/;

  /** The service of spans whose resource names none, and the condition that finds these; TraceQL takes no `= nil` of it. */
  const UNKNOWN = 'unknown_service';
  const NAMED_UNKNOWN = SERVICE + ' = "' + UNKNOWN + '"';
  const UNNAMED = '(' + NAMED_UNKNOWN + ' || !(' + SERVICE + ' != nil))';
  const NONE = { service: '', operation: '', error: '', min: '', max: '', rest: [] };

  function solid(text) {
    return sx.traceql.parts(text).filter((p) => p.kind !== 'space');
  }

  /** The conditions of a text that is one spanset joined by &&: [{field, op, value, text}]; null where it is none. */
  function conditions(text) {
    const list = solid(text);
    if (list.length < 2 || list[0].text !== '{' || list[list.length - 1].text !== '}') return null;
    const inner = list.slice(1, -1);
    if (inner.some((p) => p.kind === 'comment')) return null;
    if (!inner.length) return [];
    const found = [[]];
    for (const part of inner) {
      if (part.text === '&&') found.push([]);
      else found[found.length - 1].push(part);
    }
    const read = found.map(condition);
    return read.every(Boolean) ? read : null;
  }

  function condition(list) {
    const [field, op, ...rest] = list;
    if (!field || !op || !sx.traceql.isField(field) || !OPERATORS.has(op.text)) return null;
    const sign = rest.length === 2 && rest[0].text === '-' ? '-' : '';
    const value = rest[sign ? 1 : 0];
    if (!value || rest.length !== (sign ? 2 : 1) || !['str', 'num', 'kw', 'id'].includes(value.kind)) return null;
    if (value.kind === 'str' && (value.text.length < 2 || !/["`]$/.test(value.text))) return null;
    return { field: field.text, op: op.text, value: sign + value.text, text: field.text + ' ' + op.text + ' ' + sign + value.text };
  }

  /**
   * The filters that say the same as a query: {service, operation, error, min, max, rest}, empty where one is not set,
   * rest the other conditions as text; null where the query cannot be said so.
   */
  function read(text) {
    if (!text.trim()) return { ...NONE, rest: [] };
    const list = conditions(text.replace(UNNAMED, NAMED_UNKNOWN));
    if (!list) return null;
    const filters = { ...NONE, rest: [] };
    for (const c of list) {
      const set = known(c);
      if (set && !filters[set[0]]) filters[set[0]] = set[1];
      else filters.rest.push(c.text);
    }
    return filters;
  }

  function known({ field, op, value }) {
    const text = sx.traceql.unquote(value);
    if (field === SERVICE && op === '=' && text) return ['service', text];
    if (field === 'name' && op === '=' && text) return ['operation', text];
    if (field === 'status' && value === 'error' && (op === '=' || op === '!=')) return ['error', op === '=' ? 'true' : 'false'];
    if (field === 'duration' && DURATION.test(value) && (op === '>=' || op === '<=')) return [op === '>=' ? 'min' : 'max', value];
    return null;
  }

  /** The query that filters say; empty where none is set. */
  function write({ service, operation, error, min, max, rest }) {
    const all = [
      service && (service === UNKNOWN ? UNNAMED : SERVICE + ' = ' + sx.traceql.quote(service)),
      operation && 'name = ' + sx.traceql.quote(operation),
      error && 'status ' + (error === 'true' ? '=' : '!=') + ' error',
      min && 'duration >= ' + min,
      max && 'duration <= ' + max,
      ...(rest || []),
    ].filter(Boolean);
    return all.length ? '{ ' + all.join(' && ') + ' }' : '';
  }

  /** Conditions as a person types them, key=value or TraceQL: a list of texts; null where it is neither. */
  function typed(text) {
    const list = conditions('{ ' + text + ' }');
    if (list && list.length) return list.map((c) => c.text);
    const pair = /^([^=\s]+)\s*=\s*(.+)$/.exec(text.trim());
    if (!pair || /[=~<>!&|]$/.test(pair[1])) return null;
    const value = /^-?\d+(\.\d+)?$|^(true|false)$/.test(pair[2]) ? pair[2] : sx.traceql.quote(pair[2].replace(/^"(.*)"$/, '$1'));
    return [sx.traceql.attribute('', pair[1]) + ' = ' + value];
  }

  const BOUND = /^(?:traceDuration|trace:duration) [<>]=? /;
  const BOUNDED = /^\(([^]*)\) && \{ traceDuration >= \S+ && traceDuration <= \S+ \}$/;

  /** A query without the bounds that bounded() added. */
  function unbounded(text) {
    const filters = read(text);
    if (filters) return write({ ...filters, rest: filters.rest.filter((c) => !BOUND.test(c)) });
    const wrapped = BOUNDED.exec(text.trim());
    return wrapped ? wrapped[1].trim() : text;
  }

  /** A query that finds, of the same traces, those whose duration lies between two numbers of seconds. */
  function bounded(text, low, high) {
    const plain = unbounded(text);
    const bounds = ['traceDuration >= ' + length(low, Math.floor), 'traceDuration <= ' + length(high, Math.ceil)];
    const filters = read(plain);
    if (filters) return write({ ...filters, rest: [...filters.rest, ...bounds] });
    const end = sx.traceql.parts(plain).some((p) => p.kind === 'comment') ? '\n' : '';
    return '(' + plain + end + ') && { ' + bounds.join(' && ') + ' }';
  }

  /** The bounds that bounded() added, as a filter; empty where there are none. */
  function bounds(text) {
    const filters = read(text);
    const found = filters ? filters.rest.filter((c) => BOUND.test(c)) : [];
    if (found.length) return '{ ' + found.join(' && ') + ' }';
    const wrapped = BOUNDED.exec(text.trim());
    return wrapped ? text.trim().slice(text.trim().lastIndexOf('{')) : '';
  }

  /** Whether a query holds bounds that bounded() added. */
  function isBounded(text) {
    return bounds(text) !== '';
  }

  /** Seconds as a length of time with about four digits, rounded to the side given. */
  function length(seconds, round) {
    const nanos = Math.max(0, seconds * 1e9);
    const [unit, size] = [['s', 1e9], ['ms', 1e6], ['us', 1e3], ['ns', 1]].find(([, s]) => nanos >= s) || ['ns', 1];
    const value = nanos / size;
    const scale = size === 1 ? 1 : value >= 1000 ? 1 : value >= 100 ? 10 : value >= 10 ? 100 : 1000;
    return round(value * scale) / scale + unit;
  }

  /** The query that parameters of older links say: service, operation, error, min, max, and attribute as key=value. */
  function ofParameters({ attribute, ...filters }) {
    const rest = (attribute || []).flatMap((a) => typed(a) || []);
    return write({ ...NONE, ...filters, rest });
  }

  sx.spanset = { UNKNOWN, UNNAMED, conditions, read, write, typed, bounded, unbounded, bounds, isBounded, length, ofParameters };
})();
