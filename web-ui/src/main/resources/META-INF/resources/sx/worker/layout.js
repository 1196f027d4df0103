/** Lays the service graph out: {layout: {nodes, edges, options}} is answered by {plan, millis}. */
(function () {
  'use strict';
  globalThis.addEventListener('message', ({ data }) => {
    if (!data.layout) return;
    const began = performance.now();
    const { nodes, edges, options } = data.layout;
    const plan = globalThis.sx.graph.layout(nodes, edges, options);
    globalThis.postMessage({ plan, millis: performance.now() - began });
  });
})();
