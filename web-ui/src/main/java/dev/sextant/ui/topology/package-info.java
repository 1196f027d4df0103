/** The graph of who calls whom. */
@NullMarked
package dev.sextant.ui.topology;

import org.jspecify.annotations.NullMarked;
