/**
 * Lossless byte forms of columns of numbers, shared by the journal's batches and the store's files.
 */
@NullMarked
package dev.sextant.metrics.column;

import org.jspecify.annotations.NullMarked;
