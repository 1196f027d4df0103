package dev.sextant.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HuesTest {
  @TempDir Path dir;

  @Test
  void of_newServices_takesSlotsInTurnAndRepeatsThem() {
    Hues hues = new Hues(dir.resolve("hues.txt"));

    assertThat(IntStream.range(0, 18).map(i -> hues.of("s" + i)))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 1, 2);
    assertThat(hues.of("s2")).isEqualTo(3);
  }

  @Test
  void of_afterARestart_isTheSame() {
    Hues hues = new Hues(dir.resolve("hues.txt"));
    hues.of("a");
    hues.of("two\r\nlines");
    hues.of("c");
    Hues again = new Hues(dir.resolve("hues.txt"));

    assertThat(again.of("c")).isEqualTo(3);
    assertThat(again.of("two\r\nlines")).isEqualTo(2);
    assertThat(again.of("d")).isEqualTo(4);
  }

  @Test
  void of_unreadableAndUnwritableFile_stillGivesColours() throws IOException {
    Path file = Files.createDirectory(dir.resolve("hues.txt"));
    Files.createDirectory(dir.resolve("hues.txt.new"));
    Hues hues = new Hues(file);

    assertThat(hues.of("a")).isEqualTo(1);
    assertThat(hues.of("b")).isEqualTo(2);
  }
}
