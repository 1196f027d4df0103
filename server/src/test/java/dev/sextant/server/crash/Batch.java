package dev.sextant.server.crash;

/**
 * One request of one client. What stands in it follows from these numbers alone, see {@link
 * Content}.
 *
 * @param timeMillis the time of its rows, since the epoch; a client's batches do not overlap
 */
record Batch(int client, int number, long timeMillis) {}
