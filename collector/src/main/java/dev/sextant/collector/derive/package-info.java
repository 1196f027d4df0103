/**
 * RED metrics and the service graph, from the span journal. {@link
 * dev.sextant.collector.derive.Derive} is the door; {@code docs} of its state machine stand in
 * {@code Derivation}.
 */
@NullMarked
package dev.sextant.collector.derive;

import org.jspecify.annotations.NullMarked;
