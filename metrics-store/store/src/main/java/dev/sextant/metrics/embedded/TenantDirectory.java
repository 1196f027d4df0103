package dev.sextant.metrics.embedded;

import dev.sextant.storage.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The directory name of a tenant: lower-case letters, digits and hyphens as they are, after a
 * {@code t-}; any other name as {@code x-} and the hex digits of its UTF-8, so that no tenant can
 * leave its place or meet another's on a file system that ignores case.
 */
final class TenantDirectory {
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9-]{1,100}");

  private TenantDirectory() {}

  static String name(String tenant) {
    return PLAIN.matcher(tenant).matches()
        ? "t-" + tenant
        : "x-" + HexFormat.of().formatHex(tenant.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws StoreException where no tenant has such a directory
   */
  static String tenant(String directory) {
    try {
      if (directory.startsWith("x-")) {
        return new String(
            HexFormat.of().parseHex(directory, 2, directory.length()), StandardCharsets.UTF_8);
      }
      if (directory.startsWith("t-")) {
        return directory.substring(2);
      }
    } catch (IllegalArgumentException notHex) {
      throw unknown(directory, notHex);
    }
    throw unknown(directory, new IllegalArgumentException("neither t- nor x-"));
  }

  private static StoreException unknown(String directory, Throwable cause) {
    return new StoreException(
        "the metrics store's blocks hold the directory "
            + directory
            + ", which is no tenant's; move it away",
        cause);
  }
}
