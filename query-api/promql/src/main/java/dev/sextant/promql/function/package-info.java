/** PromQL's functions: over windows of samples, on single values, on labels. */
@NullMarked
package dev.sextant.promql.function;

import org.jspecify.annotations.NullMarked;
