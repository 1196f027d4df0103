package dev.sextant.agent.core.weave;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a class that advice uses only where a further library is there: its references are not
 * demanded by the reference check. Whoever calls such a class handles {@link LinkageError}.
 */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface OptionalLibrary {}
