package dev.sextant.trace;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.block.BlockQuery;
import dev.sextant.storage.block.BlockRef;
import dev.sextant.storage.block.BlockSnapshot;
import dev.sextant.storage.block.BlockStore;
import dev.sextant.storage.block.QueryThread;
import dev.sextant.storage.block.RowBlock;
import dev.sextant.storage.otlp.AttributeValue;
import java.util.List;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists a field's values. Memory is bounded by the limit: only the first values in order are kept.
 */
final class SpanFieldValues {
  private static final Logger LOG = LoggerFactory.getLogger(SpanFieldValues.class);

  private final BlockStore blocks;

  SpanFieldValues(BlockStore blocks) {
    this.blocks = blocks;
  }

  List<String> values(TracePlan.FieldValues plan) {
    TreeSet<String> values = new TreeSet<>();
    SpanMatcher matcher = new SpanMatcher(plan.filter());
    SpanMatcher.FieldReader reader = new SpanMatcher.FieldReader(plan.field());
    try (BlockSnapshot snapshot = blocks.snapshot(BlockQuery.of(plan.tenant(), plan.range()))) {
      for (BlockRef ref : snapshot.blocks()) {
        QueryThread.check();
        try {
          add(plan, matcher, reader, new StoredSpans((RowBlock) ref.open()), values);
        } catch (BlockDamagedException e) {
          blocks.counters().countDamaged();
          LOG.error("a list of values leaves a block out", e);
        }
      }
    }
    return List.copyOf(values);
  }

  private static void add(
      TracePlan.FieldValues plan,
      SpanMatcher matcher,
      SpanMatcher.FieldReader reader,
      StoredSpans spans,
      TreeSet<String> values) {
    RowBlock block = spans.block();
    boolean whole =
        plan.filter().equals(SpanFilter.ALL)
            && plan.range().contains(block.minTime())
            && plan.range().contains(block.maxTime());
    if (whole && plan.field().equals(SpanField.NAME)) {
      spans.allNames().forEach(name -> keep(name, plan.limit(), values));
    } else if (whole && plan.field().equals(SpanField.SERVICE)) {
      spans.allServices().forEach(service -> keep(service, plan.limit(), values));
    } else if (matcher.mayMatch(spans)) {
      long[] starts = spans.starts();
      for (int i = 0; i < block.rows(); i++) {
        if (plan.range().contains(starts[i]) && matcher.matches(spans, i)) {
          AttributeValue value = reader.value(spans, i);
          if (value != null) {
            keep(value.asText(), plan.limit(), values);
          }
        }
      }
    }
  }

  private static void keep(String value, int limit, TreeSet<String> values) {
    if (values.size() < limit || value.compareTo(values.last()) < 0) {
      values.add(value);
      if (values.size() > limit) {
        values.pollLast();
      }
    }
  }
}
