/** Services and their topology, from the metrics that are derived from spans. */
@NullMarked
package dev.sextant.api.service;

import org.jspecify.annotations.NullMarked;
