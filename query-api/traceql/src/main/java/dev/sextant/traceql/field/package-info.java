/**
 * Field expressions on columns of spans: filters as sets of rows, what they need of a source, and
 * the value of any expression for a row.
 */
@NullMarked
package dev.sextant.traceql.field;

import org.jspecify.annotations.NullMarked;
