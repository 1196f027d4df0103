/** Programs in processes of their own whose work is metered. */
@NullMarked
package dev.sextant.benchmarks.subject;

import org.jspecify.annotations.NullMarked;
