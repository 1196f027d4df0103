package dev.sextant.alerting.notify;

/**
 * What became of a notification.
 *
 * @param alertName the alert's name
 * @param resolved whether it told of a resolution
 * @param detail the status or the reason, without the receiver's address
 */
public record Delivery(
    long timeMillis,
    String receiver,
    String alertName,
    boolean resolved,
    Outcome outcome,
    String detail) {
  public enum Outcome {
    DELIVERED,
    RETRYING,
    FAILED
  }
}
