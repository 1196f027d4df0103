package dev.sextant.storage.block;

import dev.sextant.storage.StoreException;
import java.util.Map;

/**
 * What a partition's commit says beside its blocks.
 *
 * @param rowsUpTo rows of the journal below this are in closed blocks of this or an earlier commit
 * @param stamps the newest stamps of the journal
 * @param sealed whether a newer partition has begun: this one is never written again
 */
record CommitData(long rowsUpTo, JournalStamps.State stamps, boolean sealed) {
  private static final String VERSION = "2";

  Map<String, String> encode() {
    return Map.of(
        "format", VERSION,
        "rows-up-to", Long.toString(rowsUpTo),
        "stamp", Long.toString(stamps.newest()),
        "trusted-stamp", Long.toString(stamps.trusted()),
        "jumped-to", Long.toString(stamps.jumpedTo()),
        "sealed", Boolean.toString(sealed));
  }

  /**
   * @throws StoreException where the version is unknown
   * @throws IllegalArgumentException where an entry is missing or no number
   */
  static CommitData decode(String partition, Map<String, String> data) {
    String version = data.getOrDefault("format", "none");
    if (!version.equals(VERSION)) {
      throw new StoreException(
          "partition %s has format %s, this program reads format %s: run the version that wrote it, or move the partition away"
              .formatted(partition, version, VERSION));
    }
    return new CommitData(
        number(data, "rows-up-to"),
        new JournalStamps.State(
            number(data, "stamp"), number(data, "trusted-stamp"), number(data, "jumped-to")),
        Boolean.parseBoolean(data.get("sealed")));
  }

  private static long number(Map<String, String> data, String key) {
    return Long.parseLong(data.getOrDefault(key, "missing"));
  }
}
