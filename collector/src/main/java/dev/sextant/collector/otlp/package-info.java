/**
 * OTLP over gRPC and HTTP, for traces, metrics and logs. {@link
 * dev.sextant.collector.otlp.OtlpServices} is the door; the bytes go from the bounded body through
 * a {@link dev.sextant.collector.otlp.SignalReceiver} into the signal's sink.
 */
@NullMarked
package dev.sextant.collector.otlp;

import org.jspecify.annotations.NullMarked;
