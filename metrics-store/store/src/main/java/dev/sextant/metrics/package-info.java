@NullMarked
package dev.sextant.metrics;

import org.jspecify.annotations.NullMarked;
