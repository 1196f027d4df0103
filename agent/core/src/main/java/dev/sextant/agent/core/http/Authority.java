package dev.sextant.agent.core.http;

import org.jspecify.annotations.Nullable;

/** Host and port of a {@code Host} header or a URL's authority. */
public final class Authority {
  public final String host;

  /** Zero if there is none. */
  public final int port;

  private Authority(String host, int port) {
    this.host = host;
    this.port = port;
  }

  /** Null if the header is absent or empty; a port that is no number counts as none. */
  public static @Nullable Authority parse(@Nullable String header) {
    if (header == null || header.trim().isEmpty()) {
      return null;
    }
    String authority = header.trim();
    int colon = authority.lastIndexOf(':');
    if (colon <= authority.lastIndexOf(']')) {
      return new Authority(authority, 0);
    }
    return new Authority(authority.substring(0, colon), port(authority.substring(colon + 1)));
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port > 0 && port < 65_536 ? port : 0;
    } catch (NumberFormatException noNumber) {
      return 0;
    }
  }

  static int defaultPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }
}
