@NullMarked
package dev.sextant.promql.histogram;

import org.jspecify.annotations.NullMarked;
