package dev.sextant.storage.block;

import java.util.List;

/**
 * What a signal keeps of each row beside its row number, time and payload. Names are stored; their
 * order is how code refers to them, and may grow at the end only.
 *
 * @param signal {@code traces} or {@code logs}, for messages
 * @param columns columns of 64-bit numbers
 * @param dictionaries columns of bytes that repeat, each distinct value kept once a block
 */
public record BlockSchema(String signal, List<String> columns, List<String> dictionaries) {
  public BlockSchema {
    columns = List.copyOf(columns);
    dictionaries = List.copyOf(dictionaries);
  }
}
