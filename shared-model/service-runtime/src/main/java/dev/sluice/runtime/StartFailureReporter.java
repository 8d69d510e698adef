package dev.sluice.runtime;

import dev.sluice.runtime.flag.UsageException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Reports in one line why the service did not start, instead of Spring Boot's multi-line reports. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureReporter implements SpringBootExceptionReporter {

    private static final Logger LOG = LoggerFactory.getLogger(StartFailureReporter.class);

    private final @Nullable ConfigurableApplicationContext context;

    /** Registered in {@code META-INF/spring.factories}. */
    StartFailureReporter(@Nullable ConfigurableApplicationContext context) {
        this.context = context;
    }

    @Override
    public boolean reportException(Throwable failure) {
        String reason = StartFailure.explain(failure, context == null ? null : context.getEnvironment());
        // Spring Boot discards log events before logging is set up. A wrong setting is always printed as plain text.
        if (LOG.isErrorEnabled() && StartFailure.find(failure, UsageException.class) == null) {
            LOG.atError()
                    .setCause(LOG.isDebugEnabled() ? failure : null)
                    .addKeyValue("error", reason)
                    .log("cannot start");
        } else {
            System.err.println("cannot start: " + reason);
        }
        return true;
    }
}
