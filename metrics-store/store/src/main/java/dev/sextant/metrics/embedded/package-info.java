/**
 * The metrics store inside the process. {@link dev.sextant.metrics.embedded.EmbeddedMetricsStore}
 * is the door; the head holds what is new, blocks hold what is older, head files carry the head
 * over a restart.
 */
@NullMarked
package dev.sextant.metrics.embedded;

import org.jspecify.annotations.NullMarked;
