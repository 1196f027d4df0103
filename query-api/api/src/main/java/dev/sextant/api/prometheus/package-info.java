/** Prometheus' HTTP API. */
@NullMarked
package dev.sextant.api.prometheus;

import org.jspecify.annotations.NullMarked;
