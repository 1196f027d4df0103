/** What may be completed at a caret in TraceQL: at() says what is wanted, take() writes a choice into the text. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const COMPARE = ['=', '!=', '>', '>=', '<', '<=', '=~', '!~'];
  const JOIN = ['&&', '||', '>>', '>', '<<', '<', '~'];

  function tokens(text) {
    const found = [];
    let at = 0;
    for (const part of sx.traceql.parts(text)) {
      const end = at + part.text.length;
      if (part.kind !== 'space') found.push({ ...part, start: at, end });
      at = end;
    }
    return found;
  }

  function isOpen(token) {
    if (token.kind === 'comment') return !token.text.startsWith('/*') || !/\*\/$/.test(token.text);
    return token.kind === 'str' && sx.traceql.unquote(token.text) === null && (token.text.length < 2 || token.text[0] !== token.text[token.text.length - 1]);
  }

  /** The brackets that are open at the end, innermost last: {sign, before, from}. */
  function open(list) {
    const stack = [];
    list.forEach((token, i) => {
      if (token.kind !== 'op') return;
      if (token.text === '(' || token.text === '{') stack.push({ sign: token.text, before: list[i - 1], from: i + 1 });
      else if (token.text === ')' || token.text === '}') stack.pop();
    });
    return stack;
  }

  const isField = (token) => token && sx.traceql.isField(token);
  const isWord = (token) => token && (token.kind === 'id' || token.kind === 'kw' || token.kind === 'fn');

  /**
   * What is wanted at a caret: {kind, word, from, to} and more by kind, null where nothing can be offered. Kinds: start
   * (a spanset), field, operator (that compares), value (of field), joining (of conditions), step (behind a pipe), next
   * (behind a whole spanset). around is the spanset's other conditions as a query, where they are known.
   */
  function at(text, caret) {
    const list = tokens(text.slice(0, caret));
    const last = list[list.length - 1];
    const touching = Boolean(last) && last.end === caret;
    if (last && last.kind === 'comment' && touching && isOpen(last)) return null;
    const inner = open(list).filter((b) => b.sign === '{' || (b.before && b.before.kind === 'fn')).pop();
    const place = (kind, word, more) => ({ kind, word, from: caret - word.length, to: caret, ...more });
    if (inner && inner.sign === '{') return inSpanset(text, list, inner, caret, place);
    if (inner) return isWord(last) && touching ? place('field', last.text, { alone: true }) : last && '(,'.includes(last.text) ? place('field', '', { alone: true }) : null;
    if (!last) return place('start', '');
    const prior = touching && isWord(last) ? list[list.length - 2] : last;
    const word = touching && isWord(last) ? last.text : '';
    if (prior && prior.text === '|') return place('step', word);
    if (prior && (prior.text === '}' || prior.text === ')') && !word) return place('next', '');
    return prior && JOIN.includes(prior.text) && !word ? place('start', '') : null;
  }

  function inSpanset(text, list, inner, caret, place) {
    const inside = list.slice(inner.from);
    const cut = inside.map((p) => p.text === '&&' || p.text === '||' || p.text === '(').lastIndexOf(true);
    const current = inside.slice(cut + 1).filter((p) => p.text !== '!');
    const last = current[current.length - 1];
    const touching = Boolean(last) && last.end === caret;
    const around = inside.some((p) => p.text === '||' || p.text === '(') || cut < 0 ? '' : '{ ' + text.slice(inside[0].start, inside[cut].start) + '}';
    if (!current.length || (current.length === 1 && touching && isWord(last))) return place('field', last ? last.text : '', { around });
    if (current.length === 1) return isField(last) && !touching ? place('operator', '', { field: last.text }) : null;
    if (!isField(current[0]) || !COMPARE.includes(current[1].text)) return null;
    const value = current[2];
    const of = { field: current[0].text, op: current[1].text, around };
    if (!value) return place('value', '', of);
    if (current.length === 3 && value.kind === 'str' && isOpen(value)) return inString(text, caret, value, of);
    if (current.length === 3 && touching && isWord(value)) return place('value', value.text, of);
    return touching ? null : place('joining', '');
  }

  function inString(text, caret, value, of) {
    const quote = value.text[0];
    const word = value.text.slice(1);
    const rest = new RegExp('^[^' + quote + '{}&|\\n]*').exec(text.slice(caret))[0].length;
    const closed = text[caret + rest] === quote;
    return { kind: 'value', word, from: caret - word.length - 1, to: caret + (closed ? rest + 1 : 0), quoted: true, ...of };
  }

  /** A choice written into the text: {text, caret, more}; more where there is something to complete right after. */
  function take(text, place, choice) {
    const rest = text.slice(place.to);
    let put = choice.insert || choice.text;
    let more = false;
    if (place.kind === 'value') put = choice.literal || choice.text;
    else if (place.kind === 'operator' || place.kind === 'joining' || place.kind === 'next') {
      put += ' ';
      more = true;
    } else if (place.kind === 'field' && !place.alone && !/^\s*(?:[=!<>])/.test(rest)) {
      put += ' ';
      more = true;
    } else if (place.kind === 'start') more = true;
    const mark = put.indexOf('¦');
    const caret = place.from + (mark < 0 ? put.length : mark);
    return { text: text.slice(0, place.from) + put.replace('¦', '') + rest, caret, more };
  }

  sx.tracecomplete = { at, take };
})();
