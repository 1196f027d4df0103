package dev.sextant.collector.operation;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Endings of file names that stay in a template: {@code /img/{id}.png}. A closed list, so that they
 * cannot multiply operations.
 */
final class FileExtension {
  private static final int LONGEST = 5;
  private static final long[] KNOWN =
      Stream.of(
              "html htm xhtml js mjs css map json xml txt csv md yaml yml proto ts wasm php jsp do asp"
                  .split(" "),
              "aspx cgi action png jpg jpeg gif svg webp avif ico bmp tiff mp3 mp4 webm m3u8 mpd wav"
                  .split(" "),
              "woff woff2 ttf otf eot pdf doc docx xls xlsx ppt pptx zip gz tar tgz jar war deb rpm"
                  .split(" "))
          .flatMap(Arrays::stream)
          .mapToLong(FileExtension::packed)
          .sorted()
          .toArray();

  private FileExtension() {}

  private static long packed(String extension) {
    long packed = 0;
    for (int i = 0; i < extension.length(); i++) {
      packed = packed << 8 | extension.charAt(i);
    }
    return packed;
  }

  /** Where a known extension begins, at its dot; {@code to} where there is none. */
  static int dot(byte[] bytes, int from, int to) {
    long packed = 0;
    int at = to - 1;
    int first = Math.max(from + 1, to - LONGEST - 1);
    for (int shift = 0; at >= first && bytes[at] != '.'; at--, shift += 8) {
      packed |= (long) (bytes[at] | 0x20) << shift;
    }
    boolean ended = at >= first && bytes[at] == '.';
    return ended && Arrays.binarySearch(KNOWN, packed) >= 0 ? at : to;
  }
}
