/**
 * Everything that comes in: receivers, scraping, derivation. {@link
 * dev.sextant.collector.Collector} is the door for the program that wires it.
 */
@NullMarked
package dev.sextant.collector;

import org.jspecify.annotations.NullMarked;
