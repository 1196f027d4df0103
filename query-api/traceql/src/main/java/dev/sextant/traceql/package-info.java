/**
 * TraceQL: {@link dev.sextant.traceql.TraceQlEngine} answers queries over any {@link
 * dev.sextant.trace.model.SpanSource}.
 */
@NullMarked
package dev.sextant.traceql;

import org.jspecify.annotations.NullMarked;
