package dev.sextant.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.block.BlockDamagedException;
import dev.sextant.trace.model.CompiledCondition;
import dev.sextant.trace.model.SpanColumn;
import dev.sextant.trace.model.SpanCondition;
import dev.sextant.trace.model.SpanField;
import dev.sextant.trace.model.SpanValue;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
  private static final int BLOCKS = 200;
  private static final CompiledCondition LONG =
      CompiledCondition.of(
          new SpanCondition.Compare(
              SpanField.Intrinsic.DURATION, SpanCondition.Op.GREATER_OR_EQUAL, SpanValue.of(100L)));

  private final ScanThreads threads = new ScanThreads(2);
  private final AtomicInteger opened = new AtomicInteger();

  @AfterEach
  void close() {
    threads.close();
  }

  /** A block of one row, whose duration is its number. */
  private static SpanBlock block(int number) {
    return (SpanBlock)
        Proxy.newProxyInstance(
            SpanBlock.class.getClassLoader(),
            new Class<?>[] {SpanBlock.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "rows" -> 1;
                  case "bytesRead" -> (long) number;
                  case "mightMatch" -> true;
                  case "column" -> new SpanColumn.Longs(new long[] {number}, null);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private interface Opening {
    SpanBlock open();
  }

  private record Ref(AtomicInteger opened, Opening opening) implements SpanBlockRef {
    @Override
    public long minStart() {
      return 0;
    }

    @Override
    public long maxStart() {
      return 0;
    }

    @Override
    public long maxEnd() {
      return 0;
    }

    @Override
    public long maxTraceStart() {
      return 0;
    }

    @Override
    public SpanBlock open() {
      opened.incrementAndGet();
      return opening.open();
    }
  }

  private List<SpanBlockRef> refs() {
    List<SpanBlockRef> refs = new ArrayList<>();
    IntStream.range(0, BLOCKS).forEach(i -> refs.add(new Ref(opened, () -> block(i))));
    return refs;
  }

  private ReadAhead over(List<SpanBlockRef> refs, List<CompiledCondition> needs) {
    return new ReadAhead(refs, needs, Set.of(), threads);
  }

  @Test
  void next_keepsTheBlocksOrder_andLeavesOutThoseWithoutARow() {
    try (ReadAhead blocks = over(refs(), List.of(LONG))) {
      for (int i = 0; i < BLOCKS; i++) {
        ReadAhead.Looked looked = blocks.next();
        if (i < 100) {
          assertThat(looked).isEqualTo(new ReadAhead.Looked.Left(1, i, null));
        } else {
          assertThat(looked).isInstanceOf(ReadAhead.Looked.Whole.class);
          assertThat(((ReadAhead.Looked.Whole) looked).block().bytesRead()).isEqualTo(i);
        }
      }
    }
    assertThat(opened).hasValue(BLOCKS);
  }

  @Test
  void damage_isToldAtItsPlace() {
    List<SpanBlockRef> refs = refs();
    BlockDamagedException damage = new BlockDamagedException("torn", new Exception());
    for (int place : new int[] {0, 57, BLOCKS - 1}) {
      refs.set(
          place,
          new Ref(
              opened,
              () -> {
                throw damage;
              }));
    }
    List<Integer> damaged = new ArrayList<>();
    try (ReadAhead blocks = over(refs, List.of())) {
      for (int i = 0; i < BLOCKS; i++) {
        if (blocks.next() instanceof ReadAhead.Looked.Left left && left.damage() == damage) {
          damaged.add(i);
        }
      }
    }
    assertThat(damaged).containsExactly(0, 57, BLOCKS - 1);
  }

  @Test
  void otherFailures_reachWhoAsks() {
    List<SpanBlockRef> refs = refs();
    refs.set(
        40,
        new Ref(
            opened,
            () -> {
              throw new IllegalStateException("a closed reader");
            }));
    ReadAhead blocks = over(refs, List.of());
    assertThatThrownBy(() -> IntStream.range(0, BLOCKS).forEach(i -> blocks.next()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a closed reader");
  }

  @Test
  void whoStopsEarly_openedFewBlocks_andNoneAfterClose() {
    try (ReadAhead blocks = over(refs(), List.of())) {
      blocks.next();
      blocks.next();
      assertThat(opened).hasValue(2);
      IntStream.range(0, 20).forEach(i -> blocks.next());
    }
    int atClose = opened.get();
    assertThat(atClose).isBetween(22, 22 + 4 * threads.groupsAhead());
    IntStream.range(0, 3).forEach(i -> drain());
    assertThat(opened).hasValue(atClose);
  }

  /** Waits until the threads have nothing left. */
  private void drain() {
    try {
      threads.submit(() -> null).get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
