/** The attacks, grouped by their target. */
@org.jspecify.annotations.NullMarked
package dev.sluice.hostile.cases;
