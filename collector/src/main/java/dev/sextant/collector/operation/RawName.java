package dev.sextant.collector.operation;

import static dev.sextant.collector.operation.PathBytes.CLOSING;
import static dev.sextant.collector.operation.PathBytes.DOT;
import static dev.sextant.collector.operation.PathBytes.END;
import static dev.sextant.collector.operation.PathBytes.LETTER;
import static dev.sextant.collector.operation.PathBytes.MARK;
import static dev.sextant.collector.operation.PathBytes.OTHER;
import static dev.sextant.collector.operation.PathBytes.SEPARATOR;

import dev.sextant.storage.otlp.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Finds the path in a span's name and says it with {@code {id}} for every segment that {@link
 * Values} knows by its shape; queries, fragments, parameters and user information are left out.
 * Where all segments are words nothing is copied. Set again for each name; for one thread.
 *
 * <p>A path begins at a slash that is the name's first byte or stands behind a space, within the
 * first 64 bytes; a URL begins with its scheme. What stands before is kept as it is.
 */
final class RawName {
  static final byte[] ID = "{id}".getBytes(StandardCharsets.US_ASCII);
  static final byte[] HOST = "{host}".getBytes(StandardCharsets.US_ASCII);

  /** Segments that are told apart; whatever is below is {@code **}. */
  static final int DEEPEST = 24;

  private static final int LONGEST_PREFIX = 64;
  private static final byte[] BELOW = "/**".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ARGUMENT = "{id})".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VERSION = " HTTP/".getBytes(StandardCharsets.US_ASCII);

  /** Of words no longer than the shortest value without digits. */
  private static final int PLAIN = LETTER | SEPARATOR | DOT | CLOSING | OTHER;

  private static final int PLAIN_LENGTH = 15;

  private final Set<Slice> words;
  private byte[] source = new byte[0];
  private int from;
  private int rawFrom;
  private int rawTo;
  private int pathAt;
  private int open;
  private boolean url;

  /** The template is the source from {@link #from} to here, or the copy where that is not so. */
  private int same;

  private boolean copied;
  private byte[] copy = new byte[256];
  private int length;

  /**
   * @param words segments that are no values whatever they look like
   */
  RawName(Set<Slice> words) {
    this.words = words;
  }

  /** Reads a name; false where it has no path, or is a template already. */
  boolean read(byte[] bytes, int nameFrom, int nameTo) {
    source = bytes;
    from = nameFrom;
    copied = false;
    length = 0;
    int start = start(nameTo);
    if (start < 0) {
      return false;
    }
    pathAt = start - from;
    same = start;
    rawTo = withoutVersion(start, nameTo);
    int path = url ? host(start, rawTo) : start;
    return path >= 0 && segments(path, rawTo);
  }

  private int start(int to) {
    int last = Math.min(to, from + LONGEST_PREFIX);
    for (int at = from; at < last; at++) {
      if (source[at] != '/') {
        continue;
      }
      url = false;
      rawFrom = at;
      if (at == from || source[at - 1] == ' ') {
        return at + 1 < to && source[at + 1] == ' ' ? -1 : at;
      }
      if (source[at - 1] == ':' && at + 1 < to && source[at + 1] == '/') {
        url = true;
        rawFrom = scheme(at - 1);
        return rawFrom < at - 1 && (rawFrom == from || source[rawFrom - 1] == ' ') ? at + 2 : -1;
      }
    }
    return -1;
  }

  private int scheme(int colon) {
    int at = colon;
    while (at > from && (PathBytes.kind(source[at - 1]) & LETTER) != 0) {
      at--;
    }
    return at;
  }

  /** Where the name ends without an {@code HTTP/1.1} from a request's first line. */
  private int withoutVersion(int start, int to) {
    if (PathBytes.kind(source[to - 1]) != PathBytes.DIGIT) {
      return to;
    }
    int space = to - 1;
    while (space > Math.max(start, to - 10) && source[space] != ' ') {
      space--;
    }
    int end = Math.min(to, space + VERSION.length);
    return Arrays.equals(source, space, end, VERSION, 0, VERSION.length) ? space : to;
  }

  /** Takes a URL's host and port; where its path begins, or -1 where it is a template. */
  private int host(int start, int to) {
    int end = start;
    int at = start;
    int colon = -1;
    for (; end < to && (PathBytes.kind(source[end]) & END) == 0; end++) {
      if (source[end] == '@') {
        at = end + 1;
        colon = -1;
      } else if (source[end] == ':') {
        colon = end;
      }
    }
    int kinds = PathBytes.kinds(source, at, end);
    if ((kinds & MARK) != 0) {
      return -1;
    }
    int name = colon < 0 ? end : colon;
    if (name > at && isValue(at, name)) {
      replace(HOST);
    } else {
      keep(at, end);
    }
    return end;
  }

  private boolean segments(int start, int to) {
    int at = start;
    for (int depth = 0; at < to && source[at] == '/'; depth++) {
      if (depth == DEEPEST) {
        replace(BELOW);
        return true;
      }
      int kinds = 0;
      int end = at + 1;
      for (; end < to; end++) {
        int kind = PathBytes.kind(source[end]);
        if ((kind & END) != 0) {
          break;
        }
        kinds |= kind;
      }
      if ((kinds & MARK) != 0 || isPlaceholder(at + 1, end)) {
        return false;
      }
      segment(at, end, kinds);
      at = behindParameters(end, to);
    }
    return true;
  }

  /** {@code :id} or {@code [id]}. */
  private boolean isPlaceholder(int start, int end) {
    return end - start > 1
        && (source[start] == ':' || source[start] == '[')
        && (PathBytes.kind(source[start + 1]) & (LETTER | DOT)) != 0;
  }

  private int behindParameters(int end, int to) {
    int at = end;
    if (at < to && source[at] == ';') {
      while (at < to && source[at] != '/' && source[at] != '?' && source[at] != '#') {
        at++;
      }
    }
    return at;
  }

  /**
   * Takes one segment.
   *
   * @param slash before it
   */
  private void segment(int slash, int end, int kinds) {
    int start = slash + 1;
    if ((kinds & CLOSING) != 0 && isCall(start, end)) {
      keep(slash, open + 1);
      replace(ARGUMENT);
      return;
    }
    if ((kinds & ~PLAIN) == 0 && end - start <= PLAIN_LENGTH) {
      keep(slash, end);
      return;
    }
    int dot = (kinds & DOT) == 0 ? end : FileExtension.dot(source, start, end);
    boolean value = dot == end ? Values.isValue(source, start, end, kinds) : isValue(start, dot);
    if (value && !isWord(start, end)) {
      keep(slash, start);
      replace(ID);
      keep(dot, end);
    } else {
      keep(slash, end);
    }
  }

  /** {@code Orders(8213)}, as OData writes keys; leaves where it opens in {@link #open}. */
  private boolean isCall(int start, int end) {
    open = start;
    while (open < end && source[open] != '(') {
      open++;
    }
    return source[end - 1] == ')' && open > start && open + 2 < end && !isValue(start, open);
  }

  private boolean isValue(int start, int end) {
    return Values.isValue(source, start, end, PathBytes.kinds(source, start, end));
  }

  private boolean isWord(int start, int end) {
    return !words.isEmpty() && words.contains(new Slice(source, start, end));
  }

  private void keep(int start, int end) {
    if (!copied && start == same) {
      same = end;
    } else if (start < end) {
      append(source, start, end);
    }
  }

  private void replace(byte[] with) {
    append(with, 0, with.length);
  }

  private void append(byte[] bytes, int start, int end) {
    if (!copied) {
      copied = true;
      put(source, from, same);
    }
    put(bytes, start, end);
  }

  private void put(byte[] bytes, int start, int end) {
    if (copy.length - length < end - start) {
      copy = Arrays.copyOf(copy, Math.max(2 * copy.length, length + end - start));
    }
    System.arraycopy(bytes, start, copy, length, end - start);
    length += end - start;
  }

  /** The array that holds the template, valid until the next name is read. */
  byte[] text() {
    return copied ? copy : source;
  }

  int textFrom() {
    return copied ? 0 : from;
  }

  int textTo() {
    return copied ? length : same;
  }

  /** Whether the template is the very name, which ends at a place. */
  boolean isName(int nameTo) {
    return !copied && same == nameTo;
  }

  /** Bytes before the path in name and template alike; with a URL's scheme, its host follows. */
  int pathAt() {
    return pathAt;
  }

  /** Whether the path begins with a host. */
  boolean isUrl() {
    return url;
  }

  /** Where the name has its path or URL as it was sent, an index into its array. */
  int rawFrom() {
    return rawFrom;
  }

  int rawTo() {
    return rawTo;
  }
}
