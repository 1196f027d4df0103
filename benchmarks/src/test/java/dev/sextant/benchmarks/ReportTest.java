package dev.sextant.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Report REPORT =
      new Report(
          List.of(
              Row.atLeast("one", "rows", 12_345, Map.of(), 12_345),
              Row.atLeast("two", "s", 0.5, Map.of("Other", 1.25), 1)),
          "a machine");

  @TempDir private Path dir;

  @Test
  void table_hasAColumnForEachPeer() {
    assertThat(REPORT.markdown())
        .isEqualTo(
            """
            | id | unit | ours | Other | goal | holds |
            |---|---|---:|---:|---:|---|
            | one | rows | 12,345 |  | 12,345 | yes |
            | two | s | 0.500 | 1.25 | 1.00 | no |

            a machine
            """);
  }

  @Test
  void file_hasRowsAndMachine() throws Exception {
    Path file = REPORT.write(dir.resolve("out"), "name");

    assertThat(file).isEqualTo(dir.resolve("out/name.json"));
    JsonNode json = JsonMapper.builder().build().readTree(file.toFile());
    assertThat(json.fieldNames()).toIterable().containsExactly("rows", "machine");
    JsonNode row = json.path("rows").path(1);
    assertThat(row.fieldNames())
        .toIterable()
        .containsExactly("id", "unit", "ours", "peers", "goal", "holds");
    assertThat(row.path("peers").path("Other").asDouble()).isEqualTo(1.25);
    assertThat(row.path("holds").asBoolean()).isFalse();
  }
}
