/**
 * Rows with attributes as columns: each key and type is a column of its own, which can be read
 * alone, and a row comes back as it was sent.
 */
@NullMarked
package dev.sextant.storage.table;

import org.jspecify.annotations.NullMarked;
