package dev.sextant.api.prometheus;

import com.linecorp.armeria.common.HttpData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * JSON as bytes in pieces that are never copied again, for answers of millions of numbers. Commas
 * and brackets are the caller's. For one thread.
 */
final class JsonBytes {
  private static final int FIRST_PIECE = 4 << 10;
  private static final int PIECE = 64 << 10;
  private static final String HEX = "0123456789abcdef";

  private final List<HttpData> full = new ArrayList<>();
  private byte[] piece = new byte[FIRST_PIECE];
  private int at;

  /** Text that is ASCII and JSON already. */
  JsonBytes raw(String json) {
    room(json.length());
    for (int i = 0; i < json.length(); i++) {
      piece[at++] = (byte) json.charAt(i);
    }
    return this;
  }

  JsonBytes raw(byte[] json) {
    room(json.length);
    System.arraycopy(json, 0, piece, at, json.length);
    at += json.length;
    return this;
  }

  /** A double without quotes around it. */
  JsonBytes number(double value) {
    room(NumberBytes.MAX_LENGTH);
    at = NumberBytes.write(value, piece, at);
    return this;
  }

  JsonBytes number(long value) {
    room(NumberBytes.MAX_LENGTH);
    at = NumberBytes.write(value, piece, at);
    return this;
  }

  /** A time in seconds. */
  JsonBytes seconds(long millis) {
    room(NumberBytes.MAX_LENGTH);
    at = NumberBytes.seconds(millis, piece, at);
    return this;
  }

  /**
   * A point of a matrix.
   *
   * @param beginning bracket, time, comma and quote
   */
  void point(byte[] beginning, double value, boolean more) {
    room(beginning.length + NumberBytes.MAX_LENGTH + 3);
    System.arraycopy(beginning, 0, piece, at, beginning.length);
    at = NumberBytes.write(value, piece, at + beginning.length);
    piece[at] = '"';
    piece[at + 1] = ']';
    piece[at + 2] = ',';
    at += more ? 3 : 2;
  }

  /** A string with its quotes, escaped where it must be. */
  JsonBytes string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    room(6 * utf8.length + 2);
    piece[at++] = '"';
    for (byte next : utf8) {
      if (next == '"' || next == '\\') {
        piece[at++] = '\\';
        piece[at++] = next;
      } else if (next >= 0 && next < ' ') {
        control(next);
      } else {
        piece[at++] = next;
      }
    }
    piece[at++] = '"';
    return this;
  }

  private void control(byte next) {
    raw(
        switch (next) {
          case '\n' -> "\\n";
          case '\r' -> "\\r";
          case '\t' -> "\\t";
          default -> "\\u00" + HEX.charAt(next >> 4) + HEX.charAt(next & 15);
        });
  }

  private void room(int bytes) {
    if (piece.length - at < bytes) {
      full.add(HttpData.wrap(piece, 0, at));
      piece = new byte[Math.max(PIECE, bytes)];
      at = 0;
    }
  }

  /** Everything written; nothing may follow. */
  List<HttpData> pieces() {
    if (at > 0) {
      full.add(HttpData.wrap(piece, 0, at));
      at = 0;
      piece = new byte[0];
    }
    return full;
  }
}
