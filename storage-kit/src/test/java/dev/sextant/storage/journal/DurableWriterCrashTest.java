package dev.sextant.storage.journal;

import static dev.sextant.storage.journal.Records.CLOCK;
import static dev.sextant.storage.journal.Records.DIRECTORY;
import static dev.sextant.storage.journal.Records.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.Sink.Written;
import dev.sextant.storage.file.DiskSpace;
import dev.sextant.storage.file.FaultyDisk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Journal and store together lose their memory at random points: accepted is found, once, ever
 * after.
 */
class DurableWriterCrashTest {
  private static final WriterSettings SETTINGS =
      new WriterSettings(
          64,
          1 << 20,
          Duration.ofHours(1),
          700,
          Duration.ofNanos(1),
          Duration.ofNanos(1),
          Duration.ZERO);

  private final MemoryStore store = new MemoryStore();
  private final Set<String> accepted = new HashSet<>();
  private final Set<String> written = new HashSet<>();
  private final List<MemoryStore.Applied> seen = new ArrayList<>();

  @Test
  void acceptedBatches_areFoundOnce_overManyCrashes() throws IOException {
    Random random = new Random(11);
    FaultyDisk disk = new FaultyDisk(11);
    for (int crash = 0; crash < Records.figure(100, 600); crash++) {
      disk.powerOffAfter(20 + random.nextInt(60));
      writeUntilThePowerGoes(disk, random);
      disk = disk.powerLoss();
      check(disk);
    }
    assertThat(accepted).hasSizeGreaterThan(500);
  }

  private void writeUntilThePowerGoes(FaultyDisk disk, Random random) throws IOException {
    FileJournal journal = Records.open(disk);
    DurableWriter<Records.TextBatch> writer = start(disk, journal);
    writer.replayed().join();
    List<String> texts = new ArrayList<>();
    List<CompletableFuture<Written>> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String text = written.size() + " " + "x".repeat(random.nextInt(60));
      written.add(text);
      texts.add(text);
      if (random.nextInt(10) == 0) {
        store.fail(random.nextInt(3));
      }
      answers.add(writer.write(batch(text, 1 + random.nextInt(9))).toCompletableFuture());
      if (random.nextInt(4) == 0) {
        answers.getLast().join();
      }
    }
    for (int i = 0; i < texts.size(); i++) {
      if (answers.get(i).join() instanceof Written.Accepted) {
        accepted.add(texts.get(i));
      }
    }
    // A crash, not an orderly end: the last commit does not come to pass.
    store.die();
    writer.close();
    journal.close();
    store.revive();
  }

  private void check(FaultyDisk disk) throws IOException {
    try (FileJournal journal = Records.open(disk)) {
      assertThat(store.appliedUpTo())
          .as("a store is never ahead of its journal")
          .isLessThanOrEqualTo(journal.end());
      try (DurableWriter<Records.TextBatch> writer = start(disk, journal)) {
        writer.replayed().join();
        List<MemoryStore.Applied> applied = store.applied();
        Set<String> texts = new HashSet<>(store.texts());
        assertThat(texts).as("nothing twice").hasSize(applied.size());
        assertThat(texts.containsAll(accepted)).as("accepted is found").isTrue();
        assertThat(written.containsAll(texts)).as("nothing is made up").isTrue();
        assertThat(new HashSet<>(applied).containsAll(seen)).as("what was found once").isTrue();
        assertThat(applied.stream().map(each -> each.position().row())).isSorted();
        seen.clear();
        seen.addAll(applied);
      }
    }
  }

  private DurableWriter<Records.TextBatch> start(FaultyDisk disk, FileJournal journal) {
    return DurableWriter.start(
        "spans",
        journal,
        store,
        Records::decode,
        SETTINGS,
        new DiskSpace(disk, DIRECTORY, 0, CLOCK),
        ReplayListener.NONE);
  }
}
