/** Metrics: the facade's part. */
@NullMarked
package dev.sextant.api.metric;

import org.jspecify.annotations.NullMarked;
