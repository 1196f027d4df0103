package dev.sextant.promql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query gives.
 *
 * @param annotations each text once, in order of appearance
 * @param peakSamples most samples held at one time
 * @param statistics null where the engine does not take any; see {@link PromEngine#withStatistics}
 */
public record PromAnswer(
    QueryResult value,
    List<Annotation> annotations,
    long peakSamples,
    @Nullable QueryStatistics statistics) {}
