package dev.sextant.storage.block;

import java.util.AbstractList;
import java.util.List;
import org.apache.lucene.index.LeafReader;

/**
 * A run in a partition whose reader a snapshot holds. Thread-safe; what is opened is for one
 * thread.
 */
public final class RunRef {
  private final BlockLayout layout;
  private final RunLayout runs;
  private final String partition;
  private final LeafReader leaf;
  private final RunDocuments documents;

  RunRef(
      BlockLayout layout,
      RunLayout runs,
      String partition,
      LeafReader leaf,
      RunDocuments documents) {
    this.layout = layout;
    this.runs = runs;
    this.partition = partition;
    this.leaf = leaf;
    this.documents = documents;
  }

  /** A name that no other run has, and that this one keeps. */
  public String name() {
    return partition + "/" + documents.id();
  }

  String partition() {
    return partition;
  }

  long id() {
    return documents.id();
  }

  /** How many blocks it has. */
  public int size() {
    return documents.blocks().length;
  }

  /**
   * Its index.
   *
   * @throws BlockDamagedException where that cannot be read
   */
  public StoredParts index() {
    return new StoredParts(ref(documents.index(), 0, 0), documents.tenant(), "");
  }

  /** One of its blocks. */
  public BlockRef block(int number) {
    return new Sealed(runs, refOf(number), documents.tenant());
  }

  private StoredRef refOf(int block) {
    return ref(documents.blocks()[block], documents.minTimes()[block], documents.maxTimes()[block]);
  }

  StoredParts parts(int block) {
    return new StoredParts(refOf(block), documents.tenant(), "");
  }

  /** All of its blocks, in its order. */
  public List<BlockRef> blocks() {
    return new AbstractList<>() {
      @Override
      public BlockRef get(int index) {
        return block(index);
      }

      @Override
      public int size() {
        return RunRef.this.size();
      }
    };
  }

  /**
   * A number of one of its blocks.
   *
   * @param name place among {@link RunLayout#numbers}
   */
  public long number(int block, int name) {
    return documents.numbers()[name][block];
  }

  private StoredRef ref(int document, long minTime, long maxTime) {
    return new StoredRef(layout, partition, leaf, document, minTime, maxTime, 0, 0);
  }

  private record Sealed(RunLayout runs, StoredRef ref, String tenant) implements BlockRef {
    @Override
    public long minTime() {
      return ref.minTime();
    }

    @Override
    public long maxTime() {
      return ref.maxTime();
    }

    @Override
    public boolean inHeap() {
      return false;
    }

    @Override
    public long firstRow() {
      return 0;
    }

    @Override
    public int rows() {
      return 0;
    }

    @Override
    public Block open() {
      return ref.open(new StoredParts(ref, tenant, ""), runs::openSealed);
    }
  }
}
