/** Elements changed in place: what is alike stays as it is, with its listeners, its focus and where it was scrolled to. */
(function () {
  'use strict';
  const sx = globalThis.sx;

  function attributes(old, fresh) {
    for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name)) old.removeAttribute(name);
    for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }

  function children(old, fresh) {
    const [had, wanted] = [[...old.childNodes], [...fresh.childNodes]];
    wanted.forEach((child, i) => (had[i] ? sx.morph(had[i], child) : old.append(child)));
    had.slice(wanted.length).forEach((child) => child.remove());
  }

  /** Makes a node like another by as few changes as that takes; answers the one that is in place then. */
  sx.morph = function (old, fresh) {
    if (old.nodeName !== fresh.nodeName) {
      old.replaceWith(fresh);
      return fresh;
    }
    if (old.nodeType === Node.ELEMENT_NODE) {
      attributes(old, fresh);
      children(old, fresh);
    } else if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return old;
  };

  const held = new WeakMap();

  /**
   * Makes an element's children those of a list, in its order: [{key, sign, make}]. What has the same sign as before is not
   * touched, what has another is made like what make answers. Makes at most so many new ones, and answers whether that was all.
   */
  sx.keyed = function (parent, items, most) {
    const before = held.get(parent) || new Map();
    const now = new Map();
    const wanted = new Set(items.map((item) => item.key));
    before.forEach(({ element }, key) => wanted.has(key) || element.remove());
    let at = parent.firstChild;
    let left = most === undefined ? Infinity : most;
    for (const { key, sign, make } of items) {
      const had = before.get(key);
      if (!had && left-- <= 0) continue;
      const element = !had ? make() : had.sign === sign ? had.element : sx.morph(had.element, make());
      now.set(key, { sign, element });
      if (element === at) at = at.nextSibling;
      else parent.insertBefore(element, at);
    }
    held.set(parent, now);
    return left >= 0;
  };
})();
