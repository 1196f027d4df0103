/** Searching and reading log lines. */
@NullMarked
package dev.sextant.ui.logs;

import org.jspecify.annotations.NullMarked;
