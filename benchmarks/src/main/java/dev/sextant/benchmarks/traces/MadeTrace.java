package dev.sextant.benchmarks.traces;

import java.util.List;

/**
 * All spans of one trace.
 *
 * @param number its place among all traces, by start
 * @param spans parents before children, the root first
 */
record MadeTrace(long number, List<MadeSpan> spans) {}
