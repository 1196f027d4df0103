/** TraceQL as the query box shows it: its words, coloured parts, and the place an error points at. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const INTRINSICS = {
    name: 'string', status: 'keyword', statusMessage: 'string', kind: 'keyword', duration: 'duration', rootName: 'string', rootServiceName: 'string',
    traceDuration: 'duration', 'trace:id': 'string', 'span:id': 'string', 'span:parentID': 'string', 'span:childCount': 'number', 'event:name': 'string',
    'event:timeSinceStart': 'duration', 'link:traceID': 'string', 'link:spanID': 'string', 'instrumentation:name': 'string', 'instrumentation:version': 'string',
    nestedSetParent: 'number', nestedSetLeft: 'number', nestedSetRight: 'number',
    'span:name': 'string', 'span:status': 'keyword', 'span:statusMessage': 'string', 'span:kind': 'keyword', 'span:duration': 'duration',
    'trace:duration': 'duration', 'trace:rootName': 'string', 'trace:rootService': 'string',
  };
  const KEYWORDS = new Set('true false nil ok error unset unspecified internal server client producer consumer by select coalesce with'.split(' '));
  const NAME = '(?:"(?:\\\\.|[^"\\\\])*"?|[^\\s{}()=~!<>&|^,"])*';
  const TOKEN = new RegExp(
    '(\\/\\/[^\\n]*|\\/\\*[^]*?(?:\\*\\/|$))|("(?:\\\\.|[^"\\\\\\n])*"?|`[^`]*`?)|' +
      '((?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?(?:(?:ns|us|µs|μs|ms|[smhdwy])(?:\\d+\\.?\\d*(?:ns|us|µs|μs|ms|[smh]))*)?)|' +
      '((?:parent\\.)?(?:span|resource|event|link|instrumentation)?\\.' + NAME + '|parent\\.' + NAME + ')|' +
      '((?:span|trace|event|link|instrumentation):\\w*|[\\p{L}_][\\p{L}\\p{N}_]*)|(\\s+)|(!>>|!<<|&>>|&<<|!=|!~|!>|!<|&&|&>|&<|&~|\\|\\||=~|>>|>=|<<|<=|.)',
    'gyu',
  );

  /** Parts of the text in order: {text, kind}, kind one of comment, str, num, kw, fn, id, op, space. */
  function parts(text) {
    const found = [];
    TOKEN.lastIndex = 0;
    for (let m = TOKEN.exec(text); m; m = TOKEN.exec(text)) {
      const kind = m[1] ? 'comment' : m[2] ? 'str' : m[3] ? 'num' : m[4] ? 'id' : m[5] ? word(text, m[0]) : m[6] ? 'space' : 'op';
      found.push({ text: m[0], kind });
    }
    return found;
  }

  function word(text, name) {
    if (/^\s*\(/.test(text.slice(TOKEN.lastIndex))) return 'fn';
    return KEYWORDS.has(name) || name in INTRINSICS ? 'kw' : 'id';
  }

  /** Where a message says the error is: {line, column, offset} from 1 and 0, in code points; null where it does not say. */
  function errorPlace(text, message) {
    const at = /\bat line (\d+), col (\d+)/.exec(message);
    if (!at) return null;
    const lines = text.split('\n');
    const line = Math.min(Number(at[1]), lines.length);
    const before = lines.slice(0, line - 1).reduce((sum, l) => sum + l.length + 1, 0);
    const within = [...lines[line - 1]].slice(0, Number(at[2]) - 1).join('').length;
    return { line, column: Number(at[2]), offset: Math.min(before + within, text.length) };
  }

  /** The message without the envelope the API puts around it. */
  function errorText(message) {
    return message.replace(/^(?:parameter 'q'|compiling query):\s*/, '').replace(/^parse error\s*/, '').replace(/^at line \d+, col \d+:\s*/, '').replace(/^:\s*/, '');
  }

  /** A text as a string of the language. */
  function quote(text) {
    return '"' + text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t') + '"';
  }

  /** What a string of the language says; null where it is none. */
  function unquote(literal) {
    if (/^`[^`]*`$/.test(literal)) return literal.slice(1, -1);
    if (!/^"(?:\\.|[^"\\\n])*"$/.test(literal)) return null;
    const plain = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
    let known = true;
    const text = literal.slice(1, -1).replace(/\\(.)/g, (all, c) => {
      if (!(c in plain)) known = false;
      return plain[c];
    });
    return known ? text : null;
  }

  /** An attribute as queries write it; scope is span, resource and so on, empty for any. */
  function attribute(scope, key) {
    const plain = /^[^\s{}()=~!<>&|^,"\\]+$/.test(key) && !(scope === '' && /^\d/.test(key));
    return scope + '.' + (plain ? key : '"' + key.replace(/\\/g, '\\\\').replace(/"/g, '\\"') + '"');
  }

  /** Whether a part names something of spans: an attribute or an intrinsic. */
  function isField(part) {
    return part.kind === 'id' ? part.text.includes('.') : part.text in INTRINSICS;
  }

  sx.traceql = { intrinsics: INTRINSICS, isField, parts, errorPlace, errorText, quote, unquote, attribute };
})();
