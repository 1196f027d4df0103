package dev.sextant.storage.journal;

import dev.sextant.storage.Batch;
import dev.sextant.storage.file.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Batches whose text says what they are, and short ways to a journal in tests. */
final class Records {
  static final Path DIRECTORY = Path.of("/journal");
  static final InstantSource CLOCK =
      InstantSource.fixed(java.time.Instant.ofEpochMilli(1_700_000_000_000L));

  /** Small segments, so that tests see several. */
  static final JournalSettings SMALL = new JournalSettings(1024, 4096, 1 << 20);

  private Records() {}

  record TextBatch(String tenant, int rows, int kind, String text) implements Batch {
    @Override
    public ByteBuffer payload() {
      return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    }
  }

  static TextBatch batch(String text) {
    return new TextBatch("default", 1, 1, text);
  }

  static TextBatch batch(String text, int rows) {
    return new TextBatch("default", rows, 1, text);
  }

  static FileJournal open(Disk disk) throws IOException {
    return FileJournal.open(DIRECTORY, SMALL, CLOCK, disk);
  }

  static String text(JournalRecord record) {
    return StandardCharsets.UTF_8.decode(record.payload()).toString();
  }

  /** Refuses kinds from 200 on, as of a newer program. */
  static TextBatch decode(JournalRecord record) {
    if (record.kind() >= 200) {
      throw new IllegalArgumentException("unknown kind " + record.kind());
    }
    return new TextBatch(record.tenant(), record.rows(), record.kind(), text(record));
  }

  static List<JournalRecord> all(Journal journal) throws IOException {
    return all(journal, 0);
  }

  static List<JournalRecord> all(Journal journal, long fromRow) throws IOException {
    List<JournalRecord> records = new ArrayList<>();
    try (JournalReader reader = journal.read(fromRow)) {
      for (JournalRecord record = reader.next(); record != null; record = reader.next()) {
        records.add(record);
      }
    }
    return records;
  }

  static List<String> texts(Journal journal) throws IOException {
    return all(journal).stream().map(Records::text).toList();
  }

  /** Long figures where asked for. */
  static int figure(int quick, int full) {
    return Boolean.getBoolean("sextant.long") ? full : quick;
  }
}
