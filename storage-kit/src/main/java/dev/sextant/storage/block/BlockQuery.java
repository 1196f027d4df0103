package dev.sextant.storage.block;

import dev.sextant.storage.TimeRange;
import java.util.List;
import java.util.Set;

/**
 * Which blocks may hold what a query looks for. What it leaves out holds nothing of it; what it
 * gives may not either.
 *
 * @param services empty for any
 * @param terms all must be among a stored block's terms, or the block be incomplete
 */
public record BlockQuery(
    String tenant, TimeRange range, Set<String> services, List<TermMatch> terms) {
  public BlockQuery {
    services = Set.copyOf(services);
    terms = List.copyOf(terms);
  }

  boolean wants(StreamKey stream) {
    return stream.tenant().equals(tenant)
        && (services.isEmpty()
            || services.stream().anyMatch(s -> StreamKey.cut(s).equals(stream.service())));
  }

  public static BlockQuery of(String tenant, TimeRange range) {
    return new BlockQuery(tenant, range, Set.of(), List.of());
  }
}
