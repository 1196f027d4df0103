package dev.sextant.promql.step;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All series of an aggregation, with the number of the group of each, for aggregations that must
 * see a step as a whole.
 */
final class Members {
  final List<StepSeries> series = new ArrayList<>();
  final Grouping groups;
  private int[] groupOf = new int[16];

  Members(List<String> names, boolean without) {
    this.groups = new Grouping(names, without);
  }

  void add(StepSeries member, StepContext context) {
    context.hold(member.steps());
    context.keep(LabelSets.BYTES);
    if (series.size() == groupOf.length) {
      groupOf = Arrays.copyOf(groupOf, series.size() * 2);
    }
    groupOf[series.size()] = groups.idOf(member.labels());
    series.add(member);
  }

  int group(int member) {
    return groupOf[member];
  }

  /** For each group, the numbers of its members in order. */
  int[][] byGroup() {
    int[] sizes = new int[groups.size()];
    for (int i = 0; i < series.size(); i++) {
      sizes[groupOf[i]]++;
    }
    int[][] members = new int[sizes.length][];
    for (int g = 0; g < sizes.length; g++) {
      members[g] = new int[sizes[g]];
    }
    int[] used = new int[sizes.length];
    for (int i = 0; i < series.size(); i++) {
      int g = groupOf[i];
      members[g][used[g]++] = i;
    }
    return members;
  }
}
