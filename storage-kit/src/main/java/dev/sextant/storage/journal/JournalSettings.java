package dev.sextant.storage.journal;

/**
 * A journal's bounds, in bytes.
 *
 * @param segmentBytes a segment that reached this size is closed and a new one begun; freeing
 *     happens by whole segments
 * @param maxRecordBytes a larger record (payload, tenant and 32 bytes) is refused; at most 1 GiB
 * @param maxQueuedBytes records that wait for their fsync; more are refused
 */
public record JournalSettings(long segmentBytes, int maxRecordBytes, long maxQueuedBytes) {
  /** 64 MiB, 32 MiB, 64 MiB. */
  public static final JournalSettings DEFAULT = new JournalSettings(64L << 20, 32 << 20, 64L << 20);

  /** The names of the settings, as errors and the configuration use them. */
  public static final String SEGMENT_BYTES = "journal.segment-bytes";

  public static final String MAX_RECORD_BYTES = "journal.max-record-bytes";
  public static final String MAX_QUEUED_BYTES = "journal.max-queued-bytes";

  public JournalSettings {
    requireAtLeast(SEGMENT_BYTES, segmentBytes, 1024);
    requireAtLeast(MAX_RECORD_BYTES, maxRecordBytes, 64);
    if (maxRecordBytes > RecordFormat.MAX_SIZE) {
      throw new IllegalArgumentException(
          MAX_RECORD_BYTES + " is " + maxRecordBytes + ", more than " + RecordFormat.MAX_SIZE);
    }
    requireAtLeast(MAX_QUEUED_BYTES, maxQueuedBytes, maxRecordBytes);
  }

  private static void requireAtLeast(String name, long value, long minimum) {
    if (value < minimum) {
      throw new IllegalArgumentException(name + " is " + value + ", less than " + minimum);
    }
  }
}
