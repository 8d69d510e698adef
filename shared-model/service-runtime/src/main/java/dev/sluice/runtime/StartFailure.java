package dev.sluice.runtime;

import dev.sluice.runtime.flag.UsageException;
import java.nio.file.FileSystemException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.env.Environment;

/** Extracts the reason of a failed start from the exceptions in which frameworks wrap it. */
final class StartFailure {

    private static final Map<String, String> PORT_PROPERTIES = Map.of(
            "--storage-addr", "sluice.storage-addr",
            "--metrics-addr", "sluice.metrics-addr",
            "--health-addr", "sluice.health-addr",
            "--management-addr", "sluice.management-addr");

    private StartFailure() {}

    /** Returns one line for the user. */
    static String explain(Throwable failure, @Nullable Environment environment) {
        UsageException usage = find(failure, UsageException.class);
        if (usage != null) {
            return message(usage);
        }
        StartFailureException ours = find(failure, StartFailureException.class);
        if (ours != null) {
            return message(ours);
        }
        PortInUseException port = find(failure, PortInUseException.class);
        if (port != null) {
            return "port " + port.getPort()
                    + " is in use; stop the process that uses it, or choose another address with "
                    + flagOf(port.getPort(), environment);
        }
        BindException binding = find(failure, BindException.class);
        if (binding != null) {
            return "property " + binding.getName() + ": " + message(root(binding));
        }
        Throwable root = root(failure);
        return root instanceof FileSystemException ? ErrorText.describe(root) : message(root);
    }

    /** Returns the exit code of the process. */
    static int exitCode(Throwable failure) {
        UsageException usage = find(failure, UsageException.class);
        return usage == null ? 1 : usage.exitCode();
    }

    /** Returns the outermost exception of this type in the chain of causes, or null. */
    static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String flagOf(int port, @Nullable Environment environment) {
        if (environment == null) {
            return "the address flags, see --help";
        }
        return PORT_PROPERTIES.entrySet().stream()
                .filter(flag -> environment.getProperty(flag.getValue(), "").endsWith(":" + port))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .orElse("the address flags, see --help");
    }

    private static String message(Throwable cause) {
        String message = cause.getMessage();
        String text = message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
        return text.replaceAll("\\s+", " ").trim();
    }
}
