/** Figures of the whole program, side by side with peers; {@code ./sextant bench} runs them. */
@NullMarked
package dev.sextant.benchmarks;

import org.jspecify.annotations.NullMarked;
