@NullMarked
package dev.sextant.trace;

import org.jspecify.annotations.NullMarked;
