/**
 * Planning and running parsed queries: selectors, windows, functions, and the wiring of step
 * operators.
 */
@NullMarked
package dev.sextant.promql.exec;

import org.jspecify.annotations.NullMarked;
