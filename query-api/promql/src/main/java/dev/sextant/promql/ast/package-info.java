@NullMarked
package dev.sextant.promql.ast;

import org.jspecify.annotations.NullMarked;
