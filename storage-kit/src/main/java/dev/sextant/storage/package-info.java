@NullMarked
package dev.sextant.storage;

import org.jspecify.annotations.NullMarked;
