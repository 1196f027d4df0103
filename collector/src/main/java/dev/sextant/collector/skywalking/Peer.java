package dev.sextant.collector.skywalking;

/**
 * Where a span's peer is: {@code host:port}, {@code [v6]:port}, a list of such, of which the first
 * counts, or a host alone.
 *
 * @param host empty where there is none
 * @param port 0 where none is said
 * @param isWhole whether host and port say all that the text did
 */
record Peer(String host, int port, boolean isWhole) {
  static Peer of(String text) {
    int end = 0;
    while (end < text.length() && ",;".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String first = text.substring(0, end).trim();
    boolean whole = end == text.length();
    int scheme = first.indexOf("://");
    if (scheme >= 0) {
      first = first.substring(scheme + 3);
      whole = false;
    }
    int colon = first.lastIndexOf(':');
    boolean bareV6 = colon >= 0 && first.indexOf(':') < colon && !first.startsWith("[");
    int port = colon < 0 || bareV6 ? -1 : port(first.substring(colon + 1));
    return port < 0
        ? new Peer(unbracketed(first), 0, whole)
        : new Peer(unbracketed(first.substring(0, colon)), port, whole);
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  /** -1 where the text is no port; "-1" is what drivers say for none. */
  private static int port(String text) {
    if (text.equals("-1")) {
      return 0;
    }
    if (text.isEmpty() || text.length() > 5) {
      return -1;
    }
    int port = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return -1;
      }
      port = 10 * port + text.charAt(i) - '0';
    }
    return port > 65535 ? -1 : port;
  }
}
