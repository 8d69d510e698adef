/** Random objects, generated from a seed. */
@org.jspecify.annotations.NullMarked
package dev.sluice.hostile.fuzz;
