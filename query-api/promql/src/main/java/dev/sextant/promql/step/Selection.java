package dev.sextant.promql.step;

import dev.sextant.promql.print.GoNumbers;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aggregations that pick some of a group's series at each step and leave them as they are. */
public final class Selection {
  /** Which are picked. */
  public enum Kind {
    /** The greatest values. */
    TOP,
    /** The least values. */
    BOTTOM,
    /** The first in order. */
    FIRST
  }

  static final int STEPS_BETWEEN_CHECKS = 16;

  private Selection() {}

  /**
   * Up to k series of each group at each step. NaN ranks last; of equal values the earlier series
   * is picked. With one step the result is ordered best first by group, else as the input was.
   *
   * @param k one number a step, truncated; less than 1 picks nothing
   * @throws StepException where k is NaN or no long
   */
  public static SeriesStream pick(
      Kind kind,
      List<String> names,
      boolean without,
      double[] k,
      SeriesStream in,
      StepContext context,
      Notices notices) {
    checkParameter(k);
    Members members = new Members(names, without);
    for (StepSeries series = in.next(); series != null; series = in.next()) {
      context.checkpoint();
      boolean usable =
          kind == Kind.FIRST
              || Aggregation.floatsOnly(series, kind == Kind.TOP ? "topk" : "bottomk", notices);
      if (usable) {
        members.add(series, context);
      }
    }
    @Nullable StepSeries[] out = new StepSeries[members.series.size()];
    List<StepSeries> ordered = new ArrayList<>();
    for (int[] group : members.byGroup()) {
      Heap heap = new Heap(kind, members.series, group.length);
      for (int step = 0; step < k.length; step++) {
        if (step % STEPS_BETWEEN_CHECKS == 0) {
          context.checkpoint();
        }
        heap.clear(step, k[step]);
        for (int member : group) {
          heap.offer(member);
        }
        keep(heap, step, k.length, members, out, ordered);
      }
    }
    return SeriesStream.of(k.length == 1 ? ordered : present(out));
  }

  private static void keep(
      Heap heap,
      int step,
      int steps,
      Members members,
      @Nullable StepSeries[] out,
      List<StepSeries> ordered) {
    for (int member : heap.best()) {
      StepSeries from = members.series.get(member);
      StepSeries to = out[member];
      if (to == null) {
        to = StepSeries.empty(from.labels(), from.isNameDropped(), steps);
        out[member] = to;
        ordered.add(to);
      }
      to.copy(step, from, step);
    }
  }

  private static List<StepSeries> present(@Nullable StepSeries[] all) {
    List<StepSeries> present = new ArrayList<>();
    for (StepSeries series : all) {
      if (series != null) {
        present.add(series);
      }
    }
    return present;
  }

  static void checkParameter(double[] parameter) {
    for (double value : parameter) {
      if (Double.isNaN(value)) {
        throw new StepException("Parameter value is NaN");
      }
      if (value >= 0x1p63) {
        throw new StepException("Scalar value " + GoNumbers.general(value) + " overflows int64");
      }
      if (value <= -0x1p63) {
        throw new StepException("Scalar value " + GoNumbers.general(value) + " underflows int64");
      }
    }
  }

  /** The best k members at one step; the worst of them is at the root. */
  private static final class Heap {
    private final Kind kind;
    private final List<StepSeries> series;
    private final int[] members;
    private int size;
    private int limit;
    private int step;

    Heap(Kind kind, List<StepSeries> series, int capacity) {
      this.kind = kind;
      this.series = series;
      this.members = new int[capacity];
    }

    void clear(int atStep, double k) {
      size = 0;
      step = atStep;
      limit = k < 1 ? 0 : (int) Math.min((long) k, members.length);
    }

    void offer(int member) {
      if (limit == 0 || !series.get(member).isPresent(step)) {
        return;
      }
      if (size < limit) {
        members[size++] = member;
        up(size - 1);
      } else if (better(member, members[0])) {
        members[0] = member;
        down();
      }
    }

    /** The members picked, best first; takes the heap apart. */
    int[] best() {
      int[] out = new int[size];
      while (size > 0) {
        out[size - 1] = members[0];
        members[0] = members[--size];
        down();
      }
      return out;
    }

    private boolean better(int a, int b) {
      if (kind != Kind.FIRST) {
        double x = series.get(a).value(step);
        double y = series.get(b).value(step);
        if (Double.isNaN(x) != Double.isNaN(y)) {
          return Double.isNaN(y);
        }
        if (x != y && !Double.isNaN(x)) {
          return kind == Kind.TOP ? x > y : x < y;
        }
      }
      return a < b;
    }

    private void up(int from) {
      int i = from;
      while (i > 0) {
        int parent = (i - 1) / 2;
        if (!better(members[parent], members[i])) {
          return;
        }
        swap(i, parent);
        i = parent;
      }
    }

    private void down() {
      int i = 0;
      while (true) {
        int worst = i;
        for (int child = 2 * i + 1; child <= 2 * i + 2 && child < size; child++) {
          if (better(members[worst], members[child])) {
            worst = child;
          }
        }
        if (worst == i) {
          return;
        }
        swap(i, worst);
        i = worst;
      }
    }

    private void swap(int i, int j) {
      int member = members[i];
      members[i] = members[j];
      members[j] = member;
    }
  }
}
