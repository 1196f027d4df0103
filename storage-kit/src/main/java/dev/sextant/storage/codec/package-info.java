/** Encodings of columns: numbers, texts, blooms. Every reader checks what it reads. */
@NullMarked
package dev.sextant.storage.codec;

import org.jspecify.annotations.NullMarked;
