@NullMarked
package dev.sextant.promql.print;

import org.jspecify.annotations.NullMarked;
