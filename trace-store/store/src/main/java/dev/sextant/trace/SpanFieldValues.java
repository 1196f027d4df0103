package dev.sextant.trace;

import dev.sextant.storage.block.BlockCounters;
import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.storage.block.QueryThread;
import dev.sextant.trace.model.SpanValue;
import java.util.List;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists a field's values. Memory is bounded by the limit: only the first values in order are kept.
 */
final class SpanFieldValues {
  private static final Logger LOG = LoggerFactory.getLogger(SpanFieldValues.class);

  private final SpanSnapshot snapshot;
  private final BlockCounters counters;

  SpanFieldValues(SpanSnapshot snapshot, BlockCounters counters) {
    this.snapshot = snapshot;
    this.counters = counters;
  }

  List<String> values(TracePlan.FieldValues plan) {
    TreeSet<String> values = new TreeSet<>();
    SpanMatcher matcher = new SpanMatcher(plan.filter());
    SpanMatcher.FieldReader reader = new SpanMatcher.FieldReader(plan.field());
    for (SpanBlockRef ref : snapshot.blocks(plan.range())) {
      QueryThread.check();
      try {
        add(plan, matcher, reader, ref, values);
      } catch (BlockDamagedException e) {
        counters.countDamaged();
        LOG.error("a list of values leaves a block out", e);
      }
    }
    return List.copyOf(values);
  }

  private static void add(
      TracePlan.FieldValues plan,
      SpanMatcher matcher,
      SpanMatcher.FieldReader reader,
      SpanBlockRef ref,
      TreeSet<String> values) {
    BlockSpans spans = new BlockSpans(ref.open());
    boolean whole =
        plan.filter().equals(SpanFilter.ALL)
            && plan.range().contains(ref.minStart())
            && plan.range().contains(ref.maxStart());
    if (whole && plan.field().equals(SpanField.NAME)) {
      spans.names().forEach(name -> keep(name, plan.limit(), values));
    } else if (whole && plan.field().equals(SpanField.SERVICE)) {
      spans.services().forEach(service -> keep(service, plan.limit(), values));
    } else if (matcher.mayMatch(spans)) {
      long[] starts = spans.block().starts();
      for (int i = 0; i < spans.block().rows(); i++) {
        if (plan.range().contains(starts[i]) && matcher.matches(spans, i)) {
          SpanValue value = reader.value(spans, i);
          if (value != null) {
            keep(SpanValues.text(value), plan.limit(), values);
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
