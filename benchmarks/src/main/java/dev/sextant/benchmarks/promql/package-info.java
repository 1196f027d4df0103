/** What a PromQL query costs the process that answers it. */
@NullMarked
package dev.sextant.benchmarks.promql;

import org.jspecify.annotations.NullMarked;
