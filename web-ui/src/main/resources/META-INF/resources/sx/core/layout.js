/** The layout of a graph: of a small one at once, of a large one by a worker. */
(function () {
  'use strict';
  const sx = globalThis.sx;

  /** From so many nodes and edges on a layout may take longer than a frame or two. */
  const LARGE = 500;

  function byWorker(layout) {
    return new Promise((resolve) => {
      const worker = new Worker(sx.workerAddress);
      const done = (plan, millis) => {
        worker.terminate();
        resolve({ plan, millis });
      };
      worker.onmessage = ({ data }) => done(data.plan, data.millis);
      worker.onerror = () => done(sx.graph.layout(layout.nodes, layout.edges, layout.options), 0);
      worker.postMessage({ layout });
    });
  }

  /** {plan, millis}, or where a worker computes it, a promise of that. */
  sx.layout = function (nodes, edges, options) {
    const layout = { nodes: nodes.map(({ id }) => ({ id })), edges: edges.map(({ from, to, type }) => ({ from, to, type })), options };
    if (nodes.length + edges.length >= LARGE && sx.workerAddress) return byWorker(layout);
    const began = performance.now();
    return { plan: sx.graph.layout(layout.nodes, layout.edges, options), millis: performance.now() - began };
  };
})();
