/** The CRUD example of the Flux guide to the toolkit APIs, in Java. */
@NullMarked
package dev.sluice.examples.crud;

import org.jspecify.annotations.NullMarked;
