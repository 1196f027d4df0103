package dev.sextant.log;

import dev.sextant.storage.block.BlockIndex;
import dev.sextant.storage.block.Grouping;
import dev.sextant.storage.block.RowBlock;
import dev.sextant.storage.codec.Hash;
import dev.sextant.storage.otlp.Attributes;
import dev.sextant.storage.otlp.OtlpDecoder;
import dev.sextant.storage.otlp.ProtoReader;

/**
 * What of a block's lines can be looked up. Terms: the words of bodies that have no digit, and of
 * words with digits each run of letters of at least {@link #MIN_RUN}. Keys of the bloom filter:
 * words with digits and overlong ones, trace ids, and attributes of lines and resources with their
 * values. The hashes are stored, so they stay what they are.
 */
final class LogKeys {
  /** Longer runs of letters are no terms; the block says so. */
  static final int MAX_TERM = 64;

  /** Shorter runs of letters beside digits are no terms: ids would fill the index with them. */
  static final int MIN_RUN = 4;

  private static final int BODY = 5;
  private static final int ATTRIBUTES = 6;

  private LogKeys() {}

  static long ofTrace(long high, long low) {
    return Hash.of(high, low);
  }

  static long ofField(String key, String value) {
    return Hash.of(Hash.of(key), Hash.of(value));
  }

  static long ofWord(String word) {
    return Hash.of(word);
  }

  static void index(RowBlock block, BlockIndex index) {
    StoredLines lines = new StoredLines(block);
    long[] high = lines.traceHigh();
    long[] low = lines.traceLow();
    for (int i = 0; i < block.rows(); i++) {
      if ((high[i] | low[i]) != 0) {
        index.key(ofTrace(high[i], low[i]));
      }
      ProtoReader fields = lines.payload(i);
      while (fields.next()) {
        switch (fields.field()) {
          case BODY -> addWords(Words.fold(OtlpDecoder.value(fields).asText()), index);
          case ATTRIBUTES -> addField(OtlpDecoder.keyValue(fields), index);
          default -> fields.skip();
        }
      }
    }
    for (var entry : block.dictionary(LogColumns.RESOURCE)) {
      Attributes attributes = Grouping.resource(entry).attributes();
      attributes.entries().forEach(attribute -> addField(attribute, index));
    }
    LevelCounts.of(lines).encode(index.summary());
  }

  private static void addField(Attributes.Entry attribute, BlockIndex index) {
    index.key(ofField(attribute.key(), attribute.value().asText()));
  }

  private static void addWords(String folded, BlockIndex index) {
    Words.visit(
        folded,
        (from, to, digits) -> {
          if (digits || to - from > MAX_TERM) {
            index.key(ofWord(folded.substring(from, to)));
          }
          if (!digits) {
            addRun(folded, from, to, index);
          } else {
            Words.visitLetterRuns(
                folded,
                from,
                to,
                (runFrom, runTo, none) -> {
                  if (runTo - runFrom >= MIN_RUN) {
                    addRun(folded, runFrom, runTo, index);
                  }
                });
          }
        });
  }

  private static void addRun(String folded, int from, int to, BlockIndex index) {
    if (to - from > MAX_TERM) {
      index.incomplete();
    } else {
      index.term(folded.substring(from, to));
    }
  }
}
