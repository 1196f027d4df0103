/** Prometheus' remote write 1.0. */
@NullMarked
package dev.sextant.collector.remotewrite;

import org.jspecify.annotations.NullMarked;
