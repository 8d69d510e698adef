/** Extends Tomcat to send open files instead of files by name. */
@NullMarked
package dev.sluice.server.tomcat;

import org.jspecify.annotations.NullMarked;
