/** The attacks, by what they aim at. */
@org.jspecify.annotations.NullMarked
package dev.sluice.hostile.cases;
