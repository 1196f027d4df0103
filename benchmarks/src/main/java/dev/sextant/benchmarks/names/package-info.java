/** What it costs to name spans by templates of their paths. */
@NullMarked
package dev.sextant.benchmarks.names;

import org.jspecify.annotations.NullMarked;
