/** TraceQL's syntax tree: what a query says, checked, with its constants folded. */
@NullMarked
package dev.sextant.traceql.ast;

import org.jspecify.annotations.NullMarked;
