/** Random objects from a seed. */
@org.jspecify.annotations.NullMarked
package dev.sluice.hostile.fuzz;
