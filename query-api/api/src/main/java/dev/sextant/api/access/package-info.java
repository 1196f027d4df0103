/** Who asks and what they may do. */
@NullMarked
package dev.sextant.api.access;

import org.jspecify.annotations.NullMarked;
