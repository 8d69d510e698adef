/** How the service listens: Tomcat, with files handed to it open instead of by name. */
@NullMarked
package dev.sluice.server.tomcat;

import org.jspecify.annotations.NullMarked;
