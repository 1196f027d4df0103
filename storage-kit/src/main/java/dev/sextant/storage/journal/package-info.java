@NullMarked
package dev.sextant.storage.journal;

import org.jspecify.annotations.NullMarked;
