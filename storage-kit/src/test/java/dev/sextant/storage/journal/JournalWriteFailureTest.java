package dev.sextant.storage.journal;

import static dev.sextant.storage.journal.Records.DIRECTORY;
import static dev.sextant.storage.journal.Records.batch;
import static dev.sextant.storage.journal.Records.open;
import static dev.sextant.storage.journal.Records.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.Position;
import dev.sextant.storage.file.FaultyDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JournalWriteFailureTest {
  @Test
  void failedFsync_cutsTheSegment_andANewOneBegins() throws IOException {
    FaultyDisk disk = new FaultyDisk(1);
    try (FileJournal journal = open(disk)) {
      journal.append(batch("a")).join();
      Path first = disk.list(DIRECTORY).getFirst();
      int acknowledged = disk.content(first).length;
      disk.failSyncAfter(1);
      assertThatThrownBy(journal.append(batch("b", 5))::join)
          .hasMessageContaining("Input/output error");
      assertThat(disk.content(first)).hasSize(acknowledged);
      assertThat(journal.append(batch("c")).join().row()).isEqualTo(6);
      assertThat(disk.list(DIRECTORY)).hasSize(2);
      assertThat(disk.content(first)).hasSize(acknowledged);
      assertThat(texts(journal)).containsExactly("a", "c");
      assertThat(journal.counters().writeFailures()).isEqualTo(1);
    }
    assertThat(reread(disk)).containsExactly("a", "c");
  }

  @Test
  void failedBatch_neverComesBack_evenWhereTheFileCannotBeCut() throws IOException {
    for (int seed = 0; seed < 50; seed++) {
      FaultyDisk disk = new FaultyDisk(seed);
      disk.failTruncates();
      try (FileJournal journal = open(disk)) {
        journal.append(batch("a")).join();
        disk.failSyncAfter(1);
        assertThatThrownBy(journal.append(batch("b"))::join)
            .hasMessageContaining("Input/output error");
        journal.append(batch("c")).join();
        assertThat(texts(journal)).containsExactly("a", "c");
      }
      assertThat(reread(disk)).containsExactly("a", "c");
      assertThat(reread(disk.powerLoss())).containsExactly("a", "c");
    }
  }

  @Test
  void everyGroupThatWaitedForAFailedFsync_fails() throws IOException {
    FaultyDisk disk = new FaultyDisk(1);
    try (FileJournal journal = open(disk)) {
      journal.append(batch("a")).join();
      disk.failSyncAfter(1);
      List<CompletableFuture<Position>> group = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        group.add(journal.append(batch("b" + i)));
      }
      List<String> expected = new ArrayList<>(List.of("a"));
      for (int i = 0; i < group.size(); i++) {
        if (group.get(i).handle((position, failure) -> failure == null).join()) {
          expected.add("b" + i);
        }
      }
      assertThat(expected).hasSizeLessThan(21);
      assertThat(texts(journal)).isEqualTo(expected);
    }
  }

  @Test
  void fullDisk_atWriteOneToN_ingestResumesWithoutRestart() throws IOException {
    for (int n = 1; n <= Records.figure(30, 100); n++) {
      FaultyDisk disk = new FaultyDisk(n);
      List<String> accepted = new ArrayList<>();
      try (FileJournal journal = open(disk)) {
        disk.fullAfter(n, 3);
        int refused = 0;
        for (int i = 0; i < n + 10; i++) {
          if (journal
              .append(batch("record " + i))
              .handle((position, failure) -> failure == null)
              .join()) {
            accepted.add("record " + i);
          } else {
            refused++;
          }
        }
        assertThat(refused).isEqualTo(3);
        assertThat(texts(journal)).isEqualTo(accepted);
        assertThat(journal.append(batch("after")).join().row()).isPositive();
        accepted.add("after");
      }
      assertThat(reread(disk)).isEqualTo(accepted);
      assertThat(reread(disk.powerLoss())).isEqualTo(accepted);
    }
  }

  @Test
  void fullDisk_deletesNothing_andOpensForReading() throws IOException {
    FaultyDisk disk = new FaultyDisk(1);
    try (FileJournal journal = open(disk)) {
      for (int i = 0; i < 50; i++) {
        journal.append(batch("record " + i)).join();
      }
      disk.fill();
      for (int i = 0; i < 50; i++) {
        assertThat(journal.append(batch("over"))).failsWithin(java.time.Duration.ofMinutes(1));
      }
      assertThat(texts(journal)).hasSize(50);
    }
    try (FileJournal journal = open(disk)) {
      assertThat(texts(journal)).hasSize(50);
      assertThat(journal.append(batch("over"))).failsWithin(java.time.Duration.ofMinutes(1));
      disk.makeRoom();
      journal.append(batch("after")).join();
    }
    assertThat(reread(disk)).hasSize(51).endsWith("record 49", "after");
  }

  private static List<String> reread(FaultyDisk disk) throws IOException {
    try (FileJournal journal = open(disk)) {
      return texts(journal);
    }
  }
}
