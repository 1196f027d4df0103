@NullMarked
package dev.sextant.promql.exec;

import org.jspecify.annotations.NullMarked;
