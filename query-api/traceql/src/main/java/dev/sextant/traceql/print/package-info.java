/** From the syntax tree to its canonical text. */
@NullMarked
package dev.sextant.traceql.print;

import org.jspecify.annotations.NullMarked;
