@NullMarked
package dev.sextant.storage.otlp;

import org.jspecify.annotations.NullMarked;
