package dev.sextant.storage;

/**
 * The configured store cannot answer this plan; the message names the capability that is missing.
 */
public final class UnsupportedPlanException extends StoreException {
  private static final long serialVersionUID = 1;

  public UnsupportedPlanException(String message) {
    super(message);
  }
}
