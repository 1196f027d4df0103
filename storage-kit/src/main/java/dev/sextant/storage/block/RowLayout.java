package dev.sextant.storage.block;

import dev.sextant.storage.codec.Blob;
import dev.sextant.storage.codec.Bloom;
import dev.sextant.storage.codec.ByteWriter;
import dev.sextant.storage.codec.Effort;
import dev.sextant.storage.codec.LongVector;
import dev.sextant.storage.otlp.Slice;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The layout of signals that keep rows as they were applied: a part for each column of the schema,
 * all payloads in one, and what the signal's indexer noted. The section names the parts.
 */
public final class RowLayout implements BlockLayout {
  static final String ROWS = "rows";
  static final String TIMES = "times";
  static final String LENGTHS = "lengths";
  static final String PAYLOAD = "payload";
  static final String BLOOM = "bloom";
  static final String SUMMARY = "summary";

  private final BlockSchema schema;
  private final BlockIndexer indexer;

  /**
   * @param indexer says what of the rows can be looked up
   */
  public RowLayout(BlockSchema schema, BlockIndexer indexer) {
    this.schema = schema;
    this.indexer = indexer;
  }

  static String column(String name) {
    return "c." + name;
  }

  static String dictionaryIds(String name) {
    return "i." + name;
  }

  static String dictionary(String name) {
    return "d." + name;
  }

  @Override
  public BlockSchema schema() {
    return schema;
  }

  @Override
  public Block open(StoredParts parts) {
    return new StoredRows(schema, parts);
  }

  @Override
  public void write(RowBlock block, BlockContent content) {
    new Writer(block, content).write();
  }

  /** Terms, bloom filter and summary are made again from the rows. */
  @Override
  public void rewrite(StoredParts parts, BlockContent content) {
    write(new StoredRows(schema, parts), content);
  }

  private final class Writer {
    private final RowBlock block;
    private final BlockContent content;

    Writer(RowBlock block, BlockContent content) {
      this.block = block;
      this.content = content;
    }

    void write() {
      index();
      vector(ROWS, block.rowNumbers());
      vector(TIMES, block.times());
      for (int i = 0; i < schema.columns().size(); i++) {
        vector(column(schema.columns().get(i)), block.column(i));
      }
      for (int i = 0; i < schema.dictionaries().size(); i++) {
        String name = schema.dictionaries().get(i);
        vector(dictionaryIds(name), block.dictionaryIds(i));
        entries(dictionary(name), block.dictionary(i));
      }
      payload();
    }

    private void index() {
      BlockIndex index = new BlockIndex();
      indexer.index(block, index);
      index.terms().forEach(content::term);
      ByteWriter bloom = new ByteWriter(1024);
      Bloom.of(index.keys()).encode(bloom);
      part(BLOOM, bloom);
      part(SUMMARY, index.summary());
    }

    private void vector(String name, long[] values) {
      ByteWriter out = new ByteWriter(256);
      LongVector.encode(values, block.rows(), Effort.QUICK, out);
      part(name, out);
    }

    private void entries(String name, List<Slice> entries) {
      ByteWriter plain = new ByteWriter(1024);
      plain.putVarint(entries.size());
      entries.forEach(plain::putSized);
      blob(name, new Slice(plain.array(), 0, plain.length()));
    }

    private void payload() {
      ByteWriter all = new ByteWriter(1 << 16);
      long[] lengths = new long[block.rows()];
      for (int i = 0; i < lengths.length; i++) {
        Slice payload = block.payload(i);
        lengths[i] = payload.length();
        all.put(payload.bytes(), payload.from(), payload.to());
      }
      vector(LENGTHS, lengths);
      blob(PAYLOAD, new Slice(all.array(), 0, all.length()));
    }

    private void blob(String name, Slice raw) {
      ByteWriter out = new ByteWriter(64 + raw.length() / 4);
      Blob.encode(raw, out);
      part(name, out);
    }

    private void part(String name, ByteWriter bytes) {
      content.ownPart(bytes);
      content.section().putSized(Slice.of(name.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
