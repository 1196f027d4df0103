/** The critical path of a tree: of a small one at once, of a large one by a worker. */
(function () {
  'use strict';
  const sx = globalThis.sx;
  const SMALL = 2000;

  function byWorker(tree) {
    return new Promise((resolve) => {
      const worker = new Worker(sx.workerAddress);
      const done = (path) => {
        worker.terminate();
        resolve(sx.trace.stretches(tree, path));
      };
      const columns = sx.trace.columns(tree);
      worker.onmessage = (event) => done(event.data.path);
      worker.onerror = () => done(sx.critical.path(columns));
      worker.postMessage({ id: 0, columns });
    });
  }

  /** {path, later}: the path by span, empty while a worker computes it; later resolves with the path, or is null. */
  sx.criticalPath = function (tree) {
    if (tree.nodes.length <= SMALL) return { path: sx.trace.criticalPath(tree), later: null };
    return { path: new Map(), later: byWorker(tree) };
  };
})();
