/** Traces: the facade's part and its HTTP skin. */
@NullMarked
package dev.sextant.api.trace;

import org.jspecify.annotations.NullMarked;
