package dev.sextant.storage.block;

import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexOutput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;

/** Counts what is done to a disk, and refuses some of it as a full one does. */
final class FailingDisk {
  private int operations;
  private int failFrom = Integer.MAX_VALUE;
  private int failures;
  private int failed;

  /** Refuses the n-th operation from now on and those after it, as many in all as told. */
  synchronized void failFrom(int n, int times) {
    failFrom = operations + n;
    failures = times;
  }

  synchronized void repair() {
    failures = 0;
  }

  synchronized boolean hasFailed() {
    return failed > 0;
  }

  private synchronized void operate(String what) throws IOException {
    operations++;
    if (operations >= failFrom && failures > 0) {
      failures--;
      failed++;
      throw new IOException("No space left on device: " + what);
    }
  }

  Directory wrap(Directory directory) {
    return new FilterDirectory(directory) {
      @Override
      public IndexOutput createOutput(String name, IOContext context) throws IOException {
        operate("create " + name);
        return new FilterIndexOutput("failing " + name, name, in.createOutput(name, context)) {
          @Override
          public void writeBytes(byte[] bytes, int offset, int length) throws IOException {
            operate("write " + name);
            super.writeBytes(bytes, offset, length);
          }

          @Override
          public void close() throws IOException {
            try (IndexOutput closing = out) {
              operate("close " + closing.getName());
            }
          }
        };
      }

      @Override
      public void sync(Collection<String> names) throws IOException {
        operate("sync " + names);
        super.sync(names);
      }

      @Override
      public void rename(String source, String target) throws IOException {
        operate("rename " + source);
        super.rename(source, target);
      }
    };
  }
}
