/** From text to the syntax tree. */
@NullMarked
package dev.sextant.traceql.parse;

import org.jspecify.annotations.NullMarked;
