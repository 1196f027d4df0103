@NullMarked
package dev.sextant.promql.function;

import org.jspecify.annotations.NullMarked;
