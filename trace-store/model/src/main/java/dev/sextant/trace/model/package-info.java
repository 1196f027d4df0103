/** Spans as a query engine sees them, and the interface it reads them through. */
@NullMarked
package dev.sextant.trace.model;

import org.jspecify.annotations.NullMarked;
