package dev.sextant.server.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as people write it: {@code 64MiB}, {@code 512KiB}, {@code 2GiB}, or {@code
 * 4096}.
 */
public record Size(long bytes) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(B|KiB|MiB|GiB|TiB)?");

  @JsonCreator
  public static Size parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no size; write it like 512KiB, 64MiB or 2GiB");
    }
    int shift =
        switch (form.group(2) == null ? "B" : form.group(2)) {
          case "KiB" -> 10;
          case "MiB" -> 20;
          case "GiB" -> 30;
          case "TiB" -> 40;
          default -> 0;
        };
    return new Size(Long.parseLong(form.group(1)) << shift);
  }

  /**
   * The number for what one array holds.
   *
   * @param setting that the size stands under
   * @throws ConfigException from 2 GiB on
   */
  public int intBytes(String setting) {
    if (bytes > Integer.MAX_VALUE) {
      throw new ConfigException(setting + " is " + bytes + " bytes; it must be below 2GiB");
    }
    return (int) bytes;
  }
}
