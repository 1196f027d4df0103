/**
 * Takes spans as Zipkin's reporters send them: version 2 as JSON and protobuf, version 1 as JSON
 * and thrift.
 */
@NullMarked
package dev.sextant.collector.zipkin;

import org.jspecify.annotations.NullMarked;
