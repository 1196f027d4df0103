package dev.sextant.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.file.Disk;
import dev.sextant.testing.golden.GoldenDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Journals that earlier programs wrote: {@code records.txt} says what is in one, line by line. */
class JournalGoldenTest {
  private static final String KIND = "journal";

  @TempDir Path temporary;
  private long millis = Instant.parse("2026-01-15T12:00:00Z").toEpochMilli();

  static List<GoldenDirectory> all() {
    return GoldenDirectory.all(KIND);
  }

  private FileJournal open(Path directory) throws IOException {
    InstantSource clock = () -> Instant.ofEpochMilli(millis);
    return FileJournal.open(directory, Records.SMALL, clock, Disk.local());
  }

  private void write(Path directory) throws IOException {
    List<String> lines = new ArrayList<>();
    try (FileJournal journal = open(directory.resolve("data"))) {
      for (int i = 0; i < 60; i++) {
        String text = "record " + i + " wert ä".repeat(i % 9);
        String tenant = i % 7 == 0 ? "Other/Tenant" : "default";
        journal.append(new Records.TextBatch(tenant, 1 + i % 4, 1 + i % 3, text)).join();
        millis += 250;
        if (i == 40) {
          journal.skipTo(journal.end() + 1000);
        }
      }
      Records.all(journal).forEach(record -> lines.add(line(record)));
    }
    Files.write(directory.resolve("records.txt"), lines);
  }

  private static String line(JournalRecord record) {
    return "row %d stamp %d tenant %s kind %d rows %d: %s"
        .formatted(
            record.position().row(),
            record.position().stampMillis(),
            record.tenant(),
            record.kind(),
            record.rows(),
            StandardCharsets.UTF_8.decode(record.payload()));
  }

  @Test
  void formatOfToday_hasADirectory() throws Exception {
    String format = "version-" + SegmentHeader.VERSION;

    assertThat(GoldenDirectory.of(KIND, format, this::write).files("data")).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyRecord_isReadAsItWasWritten(GoldenDirectory golden) throws IOException {
    List<String> written = Files.readAllLines(golden.path().resolve("records.txt"));
    Path copy = golden.dataCopiedTo(temporary.resolve("copy"));
    try (FileJournal journal = open(copy)) {
      assertThat(Records.all(journal).stream().map(JournalGoldenTest::line)).isEqualTo(written);
      assertThat(journal.counters().corruptions()).isZero();
      long end = journal.end();
      assertThat(journal.append(Records.batch("next")).join().row()).isEqualTo(end);
    }
    try (FileJournal journal = open(copy)) {
      assertThat(Records.texts(journal)).hasSize(written.size() + 1).endsWith("next");
    }
  }
}
