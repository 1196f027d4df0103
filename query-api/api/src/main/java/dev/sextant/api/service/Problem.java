package dev.sextant.api.service;

/**
 * Something that is wrong with a service.
 *
 * @param sinceMillis when it began within the range, since the epoch; 0 where unknown
 */
public record Problem(boolean critical, String text, long sinceMillis) {}
