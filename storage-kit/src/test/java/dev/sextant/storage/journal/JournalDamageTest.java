package dev.sextant.storage.journal;

import static dev.sextant.storage.journal.Records.CLOCK;
import static dev.sextant.storage.journal.Records.DIRECTORY;
import static dev.sextant.storage.journal.Records.SMALL;
import static dev.sextant.storage.journal.Records.all;
import static dev.sextant.storage.journal.Records.batch;
import static dev.sextant.storage.journal.Records.open;
import static dev.sextant.storage.journal.Records.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sextant.storage.file.FaultyDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class JournalDamageTest {
  private static final JournalSettings ONE_SEGMENT = new JournalSettings(1 << 20, 4096, 1 << 20);
  private static final Path FIRST = Segment.fileOf(DIRECTORY, 0);

  private final FaultyDisk disk = new FaultyDisk(1);

  private static List<String> upTo(int count) {
    return IntStream.range(0, count).mapToObj(i -> "record " + i).toList();
  }

  /** A journal of one segment; where each record begins, and where the last one ends. */
  private List<Integer> write(int records) throws IOException {
    List<Integer> ends = new ArrayList<>();
    try (FileJournal journal = FileJournal.open(DIRECTORY, ONE_SEGMENT, CLOCK, disk)) {
      for (String text : upTo(records)) {
        journal.append(batch(text)).join();
        ends.add(disk.content(FIRST).length);
      }
    }
    ends.addFirst(SegmentHeader.SIZE);
    return ends;
  }

  @Test
  void cutAtEveryByteOfTheLastPage_thePrefixIsKept() throws IOException {
    List<Integer> ends = write(150);
    byte[] content = disk.content(FIRST);
    for (int length = content.length - 4096; length <= content.length; length++) {
      FaultyDisk cut = new FaultyDisk(length);
      cut.put(FIRST, Arrays.copyOf(content, length));
      int at = length;
      int whole = (int) ends.stream().filter(end -> end <= at).count() - 1;
      try (FileJournal journal = open(cut)) {
        assertThat(texts(journal)).isEqualTo(upTo(whole));
        assertThat(journal.counters().corruptions()).isEqualTo(ends.contains(length) ? 0 : 1);
        assertThat(journal.end()).isEqualTo(whole);
      }
    }
  }

  @Test
  void flippedBits_thePrefixIsKept_andOneCorruptionCounted() throws IOException {
    List<Integer> ends = write(60);
    byte[] content = disk.content(FIRST);
    Random random = new Random(7);
    for (int i = 0; i < Records.figure(1500, 10_000); i++) {
      int at = random.nextInt(content.length);
      byte[] flipped = content.clone();
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      FaultyDisk damaged = new FaultyDisk(i);
      damaged.put(FIRST, flipped);
      boolean inHeader = at < SegmentHeader.SIZE;
      int kept = inHeader ? 60 : (int) ends.stream().filter(end -> end <= at).count() - 1;
      try (FileJournal journal = open(damaged)) {
        assertThat(texts(journal)).isEqualTo(upTo(kept));
        assertThat(journal.counters().corruptions()).as("bit in byte %d", at).isEqualTo(1);
        assertThat(journal.append(batch("next")).join().row()).isGreaterThanOrEqualTo(60);
        assertThat(texts(journal)).hasSize(kept + 1).endsWith("next");
      }
    }
  }

  @Test
  void afterATornTail_rowsAreNotUsedAgain_whateverHappensNext() throws IOException {
    write(10);
    byte[] content = disk.content(FIRST);
    FaultyDisk torn = new FaultyDisk(1);
    torn.put(FIRST, Arrays.copyOf(content, content.length - 1));
    open(torn).close();
    long row;
    try (FileJournal journal = open(torn)) {
      assertThat(journal.end()).isEqualTo(9);
      row = journal.append(batch("after")).join().row();
      assertThat(row).isEqualTo(9 + JournalRecovery.GAP_AFTER_DAMAGE);
    }
    try (FileJournal journal = open(torn)) {
      assertThat(journal.counters().corruptions()).isZero();
      assertThat(texts(journal)).hasSize(10).endsWith("record 8", "after");
      assertThat(journal.append(batch("more")).join().row()).isEqualTo(row + 1);
      assertThat(all(journal, 9)).hasSize(2);
    }
  }

  @Test
  void zeroByteLastSegment_opens() throws IOException {
    write(10);
    disk.put(Segment.fileOf(DIRECTORY, 10), new byte[0]);
    try (FileJournal journal = open(disk)) {
      assertThat(texts(journal)).isEqualTo(upTo(10));
      assertThat(journal.counters().corruptions()).isZero();
      assertThat(journal.append(batch("next")).join().row()).isEqualTo(11);
    }
    try (FileJournal journal = open(disk)) {
      assertThat(texts(journal)).hasSize(11).endsWith("next");
      journal.hold("store", 12);
      journal.free();
      assertThat(journal.counters().segments()).isEqualTo(1);
    }
  }

  @Test
  void zeroByteOnlySegment_opens() throws IOException {
    disk.put(Segment.fileOf(DIRECTORY, 500), new byte[0]);
    try (FileJournal journal = open(disk)) {
      assertThat(texts(journal)).isEmpty();
      assertThat(journal.append(batch("next")).join().row()).isEqualTo(501);
    }
  }

  @Test
  void zeroedTail_isGivenUp() throws IOException {
    write(10);
    byte[] content = disk.content(FIRST);
    disk.put(FIRST, Arrays.copyOf(content, content.length + 5000));
    try (FileJournal journal = open(disk)) {
      assertThat(texts(journal)).isEqualTo(upTo(10));
      assertThat(journal.counters().corruptions()).isEqualTo(1);
    }
  }

  @Test
  void segmentWithoutAReadableHeader_losesItsRows_andIsCounted() throws IOException {
    List<Path> segments = writeSegments();
    byte[] content = disk.content(segments.get(2));
    Arrays.fill(content, 0, SegmentHeader.SIZE, (byte) 0);
    disk.put(segments.get(2), content);
    try (FileJournal journal = open(disk)) {
      assertThat(journal.counters().corruptions()).isEqualTo(1);
      long from = Segment.firstRowOf(segments.get(2));
      long to = Segment.firstRowOf(segments.get(3));
      assertThat(all(journal).stream().map(record -> record.position().row()))
          .containsExactlyElementsOf(
              IntStream.range(0, 100)
                  .mapToObj(i -> (long) i)
                  .filter(i -> i < from || i >= to)
                  .toList());
      assertThat(journal.append(batch("next")).join().row()).isEqualTo(100);
    }
  }

  @Test
  void damageInAnOlderSegment_isReportedOnce_andTheNextSegmentFollows() throws IOException {
    List<Path> segments = writeSegments();
    byte[] content = disk.content(segments.get(1));
    content[content.length / 2] ^= 1;
    disk.put(segments.get(1), content);
    try (FileJournal journal = open(disk);
        JournalReader reader = journal.read(0)) {
      assertThat(journal.counters().corruptions()).isZero();
      List<Long> rows = new ArrayList<>();
      JournalException damage = readToDamage(reader, rows);
      assertThat(damage.reason()).isEqualTo(JournalException.Reason.DAMAGED);
      assertThat(damage)
          .hasMessageContaining(segments.get(1).toString())
          .hasMessageContaining("at byte");
      assertThat(reader.next().position().row()).isEqualTo(Segment.firstRowOf(segments.get(2)));
      assertThat(rows.getLast()).isGreaterThan(Segment.firstRowOf(segments.get(1)));
      try (JournalReader second = journal.read(0)) {
        readToDamage(second, new ArrayList<>());
      }
      assertThat(journal.counters().corruptions()).isEqualTo(1);
    }
  }

  @Test
  void olderSegmentCutAtARecord_isDamageToo() throws IOException {
    List<Path> segments = writeSegments();
    disk.put(segments.get(1), Arrays.copyOf(disk.content(segments.get(1)), SegmentHeader.SIZE));
    try (FileJournal journal = open(disk);
        JournalReader reader = journal.read(0)) {
      assertThat(readToDamage(reader, new ArrayList<>())).hasMessageContaining("ends before row");
    }
  }

  private List<Path> writeSegments() throws IOException {
    try (FileJournal journal = FileJournal.open(DIRECTORY, SMALL, CLOCK, disk)) {
      for (String text : upTo(100)) {
        journal.append(batch(text)).join();
      }
    }
    return disk.list(DIRECTORY);
  }

  private static JournalException readToDamage(JournalReader reader, List<Long> rows)
      throws IOException {
    while (true) {
      try {
        rows.add(reader.next().position().row());
      } catch (JournalException e) {
        return e;
      }
    }
  }

  @Test
  void unknownVersion_isRefused() throws IOException {
    write(3);
    byte[] content = disk.content(FIRST);
    for (int copy : new int[] {0, SegmentHeader.SIZE / 2}) {
      ByteBuffer header = ByteBuffer.wrap(content, copy, SegmentHeader.SIZE / 2).slice();
      header.putInt(8, 2);
      CRC32C crc = new CRC32C();
      crc.update(header.duplicate().limit(60));
      header.putInt(60, (int) crc.getValue());
    }
    disk.put(FIRST, content);
    assertThatThrownBy(() -> open(disk))
        .hasMessageContaining("version 2")
        .isInstanceOfSatisfying(
            JournalException.class,
            e -> assertThat(e.reason()).isEqualTo(JournalException.Reason.FOREIGN));
  }

  @Test
  void segmentsOfTwoJournals_areRefused() throws IOException {
    write(3);
    FaultyDisk other = new FaultyDisk(2);
    try (FileJournal journal = open(other)) {
      journal.skipTo(50);
      journal.append(batch("foreign")).join();
    }
    Path second = Segment.fileOf(DIRECTORY, 50);
    disk.put(second, other.content(second));
    assertThatThrownBy(() -> open(disk)).hasMessageContaining("two journals in one directory");
  }
}
