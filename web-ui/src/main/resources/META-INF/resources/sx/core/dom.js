/** Elements from plain values. Text only ever becomes text nodes: nothing foreign is read as HTML. */
(function () {
  'use strict';
  const sx = (globalThis.sx = globalThis.sx || {});
  const SVG = 'http://www.w3.org/2000/svg';

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
      else if (name === 'style') element.style.cssText = value;
      else if (name === 'value') element.value = value;
      else if (name === 'href') setHref(element, value);
      else element.setAttribute(name, value === true ? '' : String(value));
    }
    append(element, children);
    return element;
  }

  /** Only addresses of our own and of the web: a link never runs anything. */
  function setHref(element, value) {
    if (/^[/?#]/.test(value) || /^https?:\/\//i.test(value) || /^[a-z]+([/?]|$)/.test(value)) element.setAttribute('href', value);
  }

  function append(element, children) {
    for (const child of children) {
      if (child === null || child === undefined || child === false) continue;
      if (Array.isArray(child)) append(element, child);
      else element.append(child instanceof Node ? child : String(child));
    }
  }

  /** An HTML element; attributes that start with on are listeners. */
  sx.h = function (tag, attributes, ...children) {
    return fill(document.createElement(tag), attributes, children);
  };

  /** An SVG element. */
  sx.s = function (tag, attributes, ...children) {
    return fill(document.createElementNS(SVG, tag), attributes, children);
  };

  /** Replaces all children. */
  sx.put = function (element, ...children) {
    element.replaceChildren();
    append(element, children);
    return element;
  };

  /** Registers a custom element once. */
  sx.define = function (name, type) {
    if (!customElements.get(name)) customElements.define(name, type);
  };

  /** Calls back at most once within so many milliseconds, with the last arguments. */
  sx.later = function (millis, callback) {
    let timer = 0;
    return (...values) => {
      clearTimeout(timer);
      timer = setTimeout(() => callback(...values), millis);
    };
  };

  /** A colour of the tokens as it is now. */
  sx.token = function (name) {
    return getComputedStyle(document.documentElement).getPropertyValue('--sx-' + name).trim();
  };
})();
