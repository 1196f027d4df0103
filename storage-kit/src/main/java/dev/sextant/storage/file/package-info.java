@NullMarked
package dev.sextant.storage.file;

import org.jspecify.annotations.NullMarked;
