package dev.sextant.storage.table;

/** The values of a column, in the order of their rows; none for rows without. */
public sealed interface Values permits Numbers, TextValues {}
