package dev.sextant.ui.logic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.api.trace.CriticalPath;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of a trace and the server compute one critical path. */
class CriticalPathTwinTest {
  private static final int TREES = Boolean.getBoolean("sextant.long") ? 20_000 : 1_000;

  @Test
  void randomTrees_haveTheSamePathInBoth() {
    try (Script script = new Script()) {
      for (int seed = 0; seed < TREES; seed++) {
        Random random = new Random(seed);
        int rows = random.nextInt(24);
        int[] parents = new int[rows];
        long[] starts = new long[rows];
        long[] ends = new long[rows];
        for (int row = 0; row < rows; row++) {
          parents[row] = row == 0 || random.nextInt(20) == 0 ? -1 : random.nextInt(row);
          // Few instants, so that spans often begin and end together, outlive parents or are empty.
          starts[row] = random.nextInt(30);
          ends[row] = starts[row] + random.nextInt(20);
        }
        assertThat(inPage(script, parents, starts, ends))
            .as("seed %d", seed)
            .isEqualTo(inServer(parents, starts, ends));
      }
    }
  }

  private static String inPage(Script script, int[] parents, long[] starts, long[] ends) {
    return script.text(
        "(({rows, from, to}) => rows.map((row, i) => row + ':' + from[i] + '-' + to[i]).join(' '))(sx.critical.path({parents: %s, starts: %s, ends: %s}))"
            .formatted(Arrays.toString(parents), Arrays.toString(starts), Arrays.toString(ends)));
  }

  private static String inServer(int[] parents, long[] starts, long[] ends) {
    List<CriticalPath.Stretch> path = CriticalPath.of(parents, starts, ends);
    return path.stream()
        .map(it -> it.row() + ":" + it.from() + "-" + it.to())
        .collect(Collectors.joining(" "));
  }
}
