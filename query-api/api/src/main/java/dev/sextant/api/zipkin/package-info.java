/** Zipkin's query API, version 2, below {@code /zipkin}. */
@NullMarked
package dev.sextant.api.zipkin;

import org.jspecify.annotations.NullMarked;
