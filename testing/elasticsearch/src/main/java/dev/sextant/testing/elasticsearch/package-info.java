@NullMarked
package dev.sextant.testing.elasticsearch;

import org.jspecify.annotations.NullMarked;
