/** Answers each tree's columns with its critical path; logic/critical.js stands before this. */
globalThis.onmessage = (event) => event.data.columns && globalThis.postMessage({ id: event.data.id, path: globalThis.sx.critical.path(event.data.columns) });
