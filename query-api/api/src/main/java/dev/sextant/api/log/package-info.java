/** Log lines: the facade's part and its HTTP skin. */
@NullMarked
package dev.sextant.api.log;

import org.jspecify.annotations.NullMarked;
