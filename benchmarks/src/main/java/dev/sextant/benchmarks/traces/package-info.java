/**
 * Ten million spans of a day, sent to a server whose clock goes through that day, and questions
 * whose answers the generator knows.
 */
@NullMarked
package dev.sextant.benchmarks.traces;

import org.jspecify.annotations.NullMarked;
