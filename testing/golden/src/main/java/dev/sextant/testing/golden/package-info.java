@NullMarked
package dev.sextant.testing.golden;

import org.jspecify.annotations.NullMarked;
