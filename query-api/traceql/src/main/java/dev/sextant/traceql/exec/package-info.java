/** What every running query has: its limits, its time, its memory. */
@NullMarked
package dev.sextant.traceql.exec;

import org.jspecify.annotations.NullMarked;
