/** Jaeger's query API over HTTP. */
@NullMarked
package dev.sextant.api.jaeger;

import org.jspecify.annotations.NullMarked;
