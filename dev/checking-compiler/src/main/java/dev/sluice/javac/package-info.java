/** The compiler of the build. */
@org.jspecify.annotations.NullMarked
package dev.sluice.javac;
