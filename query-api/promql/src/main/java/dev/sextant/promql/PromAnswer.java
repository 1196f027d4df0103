package dev.sextant.promql;

import java.util.List;

/**
 * What a query gives.
 *
 * @param annotations each text once, in order of appearance
 * @param peakSamples most samples held at one time
 */
public record PromAnswer(QueryResult value, List<Annotation> annotations, long peakSamples) {}
