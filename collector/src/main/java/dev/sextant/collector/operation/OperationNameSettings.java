package dev.sextant.collector.operation;

import java.util.Set;

/**
 * How spans are named by templates of their paths.
 *
 * @param enabled whether any span is renamed
 * @param fromAttributes whether a server span that is called by its method alone, such as {@code
 *     GET}, is named by the path among its attributes too
 * @param maxValues how many words may stand in one place of a service's paths; with one more it
 *     holds values, and all that are not established become {@code {id}}
 * @param maxPaths how many beginnings of paths are learned of one service
 * @param memory of what is learned and remembered of all services, in bytes
 * @param keep words that are never taken for values
 * @param maxBatchBytes above which a batch would not be taken by the journal: one that renaming
 *     would carry over it goes on as it was sent
 */
public record OperationNameSettings(
    boolean enabled,
    boolean fromAttributes,
    int maxValues,
    int maxPaths,
    long memory,
    Set<String> keep,
    long maxBatchBytes) {
  public static final String MAX_VALUES = "ingest.operation-names.max-values";
  public static final String MAX_PATHS = "ingest.operation-names.max-paths";
  public static final String MEMORY = "ingest.operation-names.memory";

  public static final OperationNameSettings DEFAULT =
      new OperationNameSettings(true, false, 100, 10_000, 32L << 20, Set.of(), 32L << 20);

  public OperationNameSettings {
    keep = Set.copyOf(keep);
    positive(MAX_VALUES, maxValues);
    positive(MAX_PATHS, maxPaths);
    positive(MEMORY, memory);
  }

  private static void positive(String setting, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(setting + " is " + value + ", it must be positive");
    }
  }
}
