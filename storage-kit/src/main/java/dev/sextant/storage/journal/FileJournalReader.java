package dev.sextant.storage.journal;

import dev.sextant.storage.file.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Walks from segment to segment, within what the catalog says is durable. A segment that was freed
 * while it is being read stays readable to its end.
 */
final class FileJournalReader implements JournalReader {
  private final Disk disk;
  private final SegmentCatalog catalog;
  private final Runnable countCorruption;
  private final boolean inPlace;
  private long nextRow;
  private @Nullable Segment segment;
  private @Nullable SegmentScanner scanner;

  FileJournalReader(
      Disk disk, SegmentCatalog catalog, long fromRow, boolean inPlace, Runnable countCorruption) {
    this.disk = disk;
    this.catalog = catalog;
    this.countCorruption = countCorruption;
    this.inPlace = inPlace;
    nextRow = fromRow;
  }

  @Override
  public @Nullable JournalRecord next() throws IOException {
    while (true) {
      if (segment == null || scanner == null) {
        if (!openNext()) {
          return null;
        }
      } else if (scanner.row() < segment.extent().endRow()) {
        JournalRecord record = nextOf(segment, scanner);
        if (record.endRow() > nextRow) {
          nextRow = record.endRow();
          return record;
        }
      } else if (catalog.holding(nextRow) == null) {
        return null;
      } else if (scanner.row() >= segment.extent().endRow()) {
        close();
      }
    }
  }

  private boolean openNext() throws IOException {
    while (true) {
      Segment holding = catalog.holding(nextRow);
      if (holding == null) {
        return false;
      }
      try {
        scanner = new SegmentScanner(disk, holding, inPlace);
        segment = holding;
        return true;
      } catch (NoSuchFileException e) {
        if (catalog.contains(holding)) {
          throw e;
        }
      }
    }
  }

  private JournalRecord nextOf(Segment current, SegmentScanner records) throws IOException {
    Segment.Extent extent = current.extent();
    try {
      JournalRecord record = records.next(extent.endOffset());
      if (record == null) {
        throw records.damaged("it ends before row " + extent.endRow());
      }
      return record;
    } catch (JournalException e) {
      if (current.markDamaged()) {
        countCorruption.run();
      }
      nextRow = Math.max(nextRow, extent.endRow());
      close();
      throw e;
    }
  }

  @Override
  public @Nullable JournalRecord next(Duration timeout) throws IOException, InterruptedException {
    long nanos = timeout.toNanos();
    while (true) {
      JournalRecord record = next();
      if (record != null || nanos <= 0) {
        return record;
      }
      nanos = catalog.awaitBeyond(nextRow, nanos);
    }
  }

  @Override
  public void close() throws IOException {
    SegmentScanner open = scanner;
    scanner = null;
    segment = null;
    if (open != null) {
      open.close();
    }
  }
}
