/** Tempo's HTTP API at {@code /tempo/api/…}. */
@NullMarked
package dev.sextant.api.tempo;

import org.jspecify.annotations.NullMarked;
