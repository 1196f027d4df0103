package dev.sextant.benchmarks.traces;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;

/**
 * Trace and span ids made of numbers, as random to look at as real ones, from which a trace's
 * number can be read again: the finaliser of SplitMix64 (Steele, Lea and Flood, 2014) and its
 * inverse.
 */
final class Ids {
  /** More than any trace has. */
  private static final int SPANS = 1024;

  private static final long TRACE = 0x5e87a47;
  private static final long LOW = 0x6c0ffee;
  private static final long SPAN = 0x2b00b1e5L << 20;

  private Ids() {}

  static long traceHigh(long trace) {
    return mix(trace ^ TRACE);
  }

  static long traceLow(long trace) {
    return mix(traceHigh(trace) ^ LOW);
  }

  static long span(long trace, int index) {
    return mix(trace * SPANS + index + SPAN);
  }

  /** The number of the trace that has these first 64 bits. */
  static long traceOf(long high) {
    return unmix(high) ^ TRACE;
  }

  static ByteString traceBytes(long trace) {
    return ByteString.copyFrom(
        ByteBuffer.allocate(16).putLong(traceHigh(trace)).putLong(traceLow(trace)).flip());
  }

  static ByteString spanBytes(long trace, int index) {
    return ByteString.copyFrom(ByteBuffer.allocate(8).putLong(span(trace, index)).flip());
  }

  static String traceHex(long trace) {
    return hex(traceHigh(trace)) + hex(traceLow(trace));
  }

  /** 16 lower-case hexadecimal digits. */
  static String hex(long id) {
    return String.format("%016x", id);
  }

  static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  private static long unmix(long mixed) {
    long z = mixed ^ (mixed >>> 31) ^ (mixed >>> 62);
    z *= 0x319642b2d24d8ec3L;
    z = z ^ (z >>> 27) ^ (z >>> 54);
    z *= 0x96de1b173f119089L;
    z = z ^ (z >>> 30) ^ (z >>> 60);
    return z - 0x9e3779b97f4a7c15L;
  }
}
