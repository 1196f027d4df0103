package dev.sextant.api.service;

/**
 * Spans that ended with or recorded the same exception.
 *
 * @param type the exception's class, else the span's {@code error.type}; empty where unknown
 * @param message without numbers and ids; empty where none was sent
 * @param frame where the newest one was thrown, as its stack trace says; empty where it says
 *     nothing
 * @param firstNanos when the first span began, since the epoch, and {@code lastNanos} the last
 * @param operation the newest span's name
 */
public record ErrorGroup(
    String type,
    String message,
    String frame,
    long spans,
    long firstNanos,
    long lastNanos,
    String operation,
    Example newest) {}
