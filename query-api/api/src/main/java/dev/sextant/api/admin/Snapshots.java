package dev.sextant.api.admin;

/** Makes copies of the data directory; the server implements it. Thread-safe. */
public interface Snapshots {
  /**
   * A copy that was made.
   *
   * @param path its directory on the server's host
   * @param bytes of all its files; those that are hard links take room only once the original goes
   */
  record Snapshot(String path, long bytes) {}

  /**
   * Copies everything that was acknowledged before the call, while ingest goes on.
   *
   * @throws TooManyException where so many lie there that one must be deleted first
   */
  Snapshot take();

  /** A bound was reached. */
  final class TooManyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public TooManyException(String message) {
      super(message);
    }
  }
}
