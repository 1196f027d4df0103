package dev.sextant.storage.journal;

import static dev.sextant.storage.journal.Records.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sextant.storage.Position;
import dev.sextant.storage.file.FaultyDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * The power goes, or the process is killed, again and again, at any operation, also during
 * recovery: acknowledged means fsynced.
 */
class PowerLossTest {
  @Test
  void everyAcknowledgedRecord_isThereWholeAndOnce() throws IOException {
    int acknowledged = 0;
    int seeds = Records.figure(150, 1000);
    for (int seed = 0; seed < seeds; seed++) {
      Life life = new Life(seed);
      life.live(4);
      acknowledged += life.acknowledged.size();
    }
    assertThat(acknowledged).as("the test tests something").isGreaterThan(10 * seeds);
  }

  /** One journal through several power losses. */
  private static final class Life {
    private final Random random;
    private final int seed;
    private final Map<String, Position> acknowledged = new LinkedHashMap<>();
    private final List<String> appended = new ArrayList<>();
    private FaultyDisk disk;
    private long highestRow = -1;

    Life(int seed) {
      this.seed = seed;
      random = new Random(seed);
      disk = new FaultyDisk(seed);
    }

    void live(int lossesOfPower) throws IOException {
      for (int i = 0; i < lossesOfPower; i++) {
        appendUntilThePowerGoes();
        disk = random.nextBoolean() ? disk.powerLoss() : disk.kill();
        if (random.nextBoolean()) {
          dieDuringRecovery();
        }
        check();
      }
    }

    private void appendUntilThePowerGoes() throws IOException {
      disk.powerOffAfter(1 + random.nextInt(40));
      if (random.nextInt(3) == 0) {
        disk.failSyncAfter(1 + random.nextInt(10));
      }
      if (random.nextInt(3) == 0) {
        disk.fullAfter(1 + random.nextInt(10), 1 + random.nextInt(3));
      }
      FileJournal journal;
      try {
        journal = Records.open(disk);
      } catch (IOException e) {
        return; // the power went during recovery
      }
      List<CompletableFuture<Position>> futures = new ArrayList<>();
      int first = appended.size();
      for (int i = 0; i < 60; i++) {
        String text = appended.size() + ":" + "x".repeat(random.nextInt(150));
        appended.add(text);
        futures.add(journal.append(batch(text, 1 + random.nextInt(5))));
        if (random.nextBoolean()) {
          futures.getLast().exceptionally(e -> null).join();
        }
      }
      journal.close();
      for (int i = 0; i < futures.size(); i++) {
        if (!futures.get(i).isCompletedExceptionally()) {
          Position position = futures.get(i).join();
          acknowledged.put(appended.get(first + i), position);
          assertThat(position.row())
              .as("seed %d: a row number was used twice", seed)
              .isGreaterThan(highestRow);
          highestRow = position.row();
        }
      }
    }

    private void dieDuringRecovery() throws IOException {
      FaultyDisk dying = disk;
      dying.powerOffAfter(1 + random.nextInt(4));
      try {
        Records.open(dying).close();
      } catch (IOException e) {
        // the power went during recovery
      }
      disk = random.nextBoolean() ? dying.powerLoss() : dying.kill();
    }

    private void check() throws IOException {
      try (FileJournal journal = Records.open(disk)) {
        Map<String, Position> found = new LinkedHashMap<>();
        long end = 0;
        for (JournalRecord record : Records.all(journal)) {
          assertThat(found.put(Records.text(record), record.position()))
              .as("seed %d: twice", seed)
              .isNull();
          assertThat(record.position().row()).as("seed %d", seed).isGreaterThanOrEqualTo(end);
          end = record.endRow();
        }
        assertThat(appended).as("seed %d: nothing is made up", seed).containsAll(found.keySet());
        assertThat(found).as("seed %d: acknowledged", seed).containsAllEntriesOf(acknowledged);
        highestRow = Math.max(highestRow, end - 1);
        // What recovery kept has been shown to readers; from now on it must stay.
        acknowledged.putAll(found);
      }
    }
  }
}
