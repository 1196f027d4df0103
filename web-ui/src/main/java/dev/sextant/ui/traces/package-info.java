/** Searching traces and reading one. */
@NullMarked
package dev.sextant.ui.traces;

import org.jspecify.annotations.NullMarked;
