/**
 * The script language of Prometheus' engine tests: series are loaded, queries evaluated, answers
 * held against what the script expects. {@link PromScript} is the door; {@link SeriesLine} reads
 * the notation of series alone.
 */
@NullMarked
package dev.sextant.promql.script;

import org.jspecify.annotations.NullMarked;
