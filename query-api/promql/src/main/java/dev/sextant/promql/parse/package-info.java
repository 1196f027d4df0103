@NullMarked
package dev.sextant.promql.parse;

import org.jspecify.annotations.NullMarked;
