package dev.sextant.agent.core.context;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A value attached to objects of a library by identity, without keeping them alive. At most {@value
 * #LIMIT} objects at a time; beyond that values are not kept, which costs detail but no memory.
 */
public final class ObjectField<K, V> {
  private static final int LIMIT = 100_000;

  private final ConcurrentMap<Object, V> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<K> collected = new ReferenceQueue<>();

  public @Nullable V get(K owner) {
    return values.get(new Lookup(owner));
  }

  public void set(K owner, V value) {
    expunge();
    if (values.size() < LIMIT) {
      values.put(new Key<K>(owner, collected), value);
    }
  }

  public @Nullable V remove(K owner) {
    expunge();
    return values.remove(new Lookup(owner));
  }

  private void expunge() {
    for (Reference<? extends K> gone = collected.poll(); gone != null; gone = collected.poll()) {
      values.remove(gone);
    }
  }

  private static final class Key<K> extends WeakReference<K> {
    private final int hash;

    Key(K owner, ReferenceQueue<K> queue) {
      super(owner, queue);
      this.hash = System.identityHashCode(owner);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      K own = get();
      return own != null && other instanceof Key && ((Key<?>) other).get() == own;
    }
  }

  /** Finds a key without creating a reference. */
  private static final class Lookup {
    private final Object owner;

    Lookup(Object owner) {
      this.owner = owner;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(owner);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key && ((Key<?>) other).get() == owner;
    }
  }
}
