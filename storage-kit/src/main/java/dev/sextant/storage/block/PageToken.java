package dev.sextant.storage.block;

import dev.sextant.storage.codec.ByteSource;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.codec.CorruptDataException;
import dev.sextant.storage.otlp.Slice;
import java.util.Base64;

/**
 * Where a page of a search ended: the next one begins behind it, whatever arrived meanwhile. As
 * text it is opaque, and holds for the search that gave it only.
 *
 * @param timeNanos event time of the page's last entry
 * @param row its row number
 */
public record PageToken(long timeNanos, long row) {
  /** Before the newest entry. */
  public static final PageToken NEWEST = new PageToken(Long.MAX_VALUE, Long.MAX_VALUE);

  /** Before the oldest entry. */
  public static final PageToken OLDEST = new PageToken(Long.MIN_VALUE, -1);

  private static final int VERSION = 1;

  /**
   * @param fingerprint of the search, told again to {@link #parse}
   */
  public String format(int fingerprint) {
    ByteWriter out = new ByteWriter(32);
    out.put(VERSION);
    out.putInt(fingerprint);
    out.putLong(timeNanos);
    out.putLong(row);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
  }

  /**
   * @throws IllegalArgumentException where the text is no token of this search
   */
  public static PageToken parse(String text, int fingerprint) {
    try {
      ByteSource in = new ByteSource(Slice.of(Base64.getUrlDecoder().decode(text)));
      if (in.get() == VERSION && in.getInt() == fingerprint && in.remaining() == 16) {
        return new PageToken(in.getLong(), in.getLong());
      }
    } catch (CorruptDataException | IllegalArgumentException e) {
      throw new IllegalArgumentException("not a page token: '" + text + "'", e);
    }
    throw new IllegalArgumentException(
        "the page token '" + text + "' belongs to another search: begin again without one");
  }
}
