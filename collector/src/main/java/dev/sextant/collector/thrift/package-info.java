/** Reads thrift's binary and compact protocols, bounded. */
@NullMarked
package dev.sextant.collector.thrift;

import org.jspecify.annotations.NullMarked;
