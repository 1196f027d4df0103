/** Prometheus' relabeling. */
@NullMarked
package dev.sextant.collector.relabel;

import org.jspecify.annotations.NullMarked;
