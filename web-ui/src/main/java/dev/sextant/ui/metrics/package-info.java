/** Asking questions in PromQL. */
@NullMarked
package dev.sextant.ui.metrics;

import org.jspecify.annotations.NullMarked;
